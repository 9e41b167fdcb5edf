import { findUnadoptable } from './adoptable.ts';
import { findCrowdedPlaces } from './anti-affinity.ts';
import { findUnsteerable } from './autoscalers.ts';
import { findBackendAnnotations } from './backend-annotations.ts';
import { findBriefFarewells } from './brief-farewell.ts';
import type { Check } from './check.ts';
import { findExclusiveClaims } from './claims.ts';
import { findForeignCopies, findUnusedSecretNames } from './config-copies.ts';
import { findConfigInUse } from './config-in-use.ts';
import { findMissingConfig } from './config-missing.ts';
import { findDrifted } from './drifted.ts';
import { findExpiringCredentials } from './expiring-credentials.ts';
import { findForeign } from './foreign.ts';
import { findMovingTags } from './image-tags.ts';
import { findUnisolatedWork } from './isolation.ts';
import { findLaggingBalancers } from './lagging-balancers.ts';
import { findLostPorts } from './lost-ports.ts';
import { findModeChange } from './mode-change.ts';
import { findFullNodes } from './node-room.ts';
import { findOwners } from './owners.ts';
import { findHastyEnds } from './pods-end.ts';
import { findFullQuotas } from './quotas.ts';
import { findMissingGrants } from './reference-grants.ts';
import { findUnsplittableBackends } from './route-backends.ts';
import { findRefusingParents } from './route-parents.ts';
import { findServerRefusals } from './server-refusals.ts';
import { findServiceTroubles } from './service-kind.ts';
import { findServingSlot } from './serving-slot.ts';
import { findSharedPorts } from './shared-ports.ts';
import { findSlowPods } from './slow-pods.ts';
import { findSteerers } from './steerers.ts';
import { findUnknownRoutes } from './unknown-routes.ts';

/** Every check of a release, in the order in which their findings are told. A new one is a file and a line here. */
export const checks: readonly Check[] = [
  findUnknownRoutes,
  findModeChange,
  findForeign,
  findServingSlot,
  findDrifted,
  findUnadoptable,
  findSteerers,
  findOwners,
  findLostPorts,
  findLaggingBalancers,
  findMissingConfig,
  findUnusedSecretNames,
  findForeignCopies,
  findConfigInUse,
  findUnsteerable,
  findFullQuotas,
  findCrowdedPlaces,
  findFullNodes,
  findSharedPorts,
  findHastyEnds,
  findBriefFarewells,
  findSlowPods,
  findExclusiveClaims,
  findServiceTroubles,
  findBackendAnnotations,
  findUnsplittableBackends,
  findRefusingParents,
  findMissingGrants,
  findServerRefusals,
  findMovingTags,
  findUnisolatedWork,
  findExpiringCredentials,
];
