import { findUnadoptable } from './adoptable.ts';
import { findUnsteerable } from './autoscalers.ts';
import type { Check } from './check.ts';
import { findForeignCopies, findUnusedSecretNames } from './config-copies.ts';
import { findConfigInUse } from './config-in-use.ts';
import { findMissingConfig } from './config-missing.ts';
import { findForeign } from './foreign.ts';
import { findLostPorts } from './lost-ports.ts';
import { findFullQuotas } from './quotas.ts';
import { findServerRefusals } from './server-refusals.ts';
import { findUnknownRoutes } from './unknown-routes.ts';

/** Every check of a release, in the order in which their findings are told. A new one is a file and a line here. */
export const checks: readonly Check[] = [
  findUnknownRoutes,
  findForeign,
  findUnadoptable,
  findLostPorts,
  findMissingConfig,
  findUnusedSecretNames,
  findForeignCopies,
  findConfigInUse,
  findLostPorts,
  findUnsteerable,
  findFullQuotas,
  findServerRefusals,
];
