import { StreamGateError } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { isConfigKind } from '../slots/config-copies.ts';
import { configInUse, isIn, namedConfig, wouldChange } from '../slots/config-in-use.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

/**
 * A ConfigMap or Secret that live pods read under its own name is never written during a release: they would meet the
 * new values when they restart, and a release that is taken back would not take those back.
 */
export const findConfigInUse: Check = async ({ request: { cluster, desired }, journal, names }) => {
  const config = [...desired.others, ...desired.later].filter(({ kind }) => isConfigKind(kind));
  if (config.length === 0) return [];
  const inUse = await configInUse(cluster, names, journal?.live?.slot ?? null, desired.workload);
  const read = new Set(namedConfig(desired.workload));
  const findings: Finding[] = [];
  for (const object of config) {
    if (!isIn(inUse, object) || !(await wouldChange(cluster, object))) continue;
    findings.push(isIn(read, object) ? inUseAndNew(object) : leftAlone(object));
  }
  return findings;
};

function inUseAndNew(object: KubeObject): Finding {
  const how =
    object.kind === 'Secret'
      ? `Name ${object.metadata.name} in \`version-secrets\`, so that each version has a copy of its own; or apply it yourself before`
      : 'Let `version-configs` be auto, so that each version has a copy of its own; or apply it yourself before';
  return refuse(
    `${described(object)} has a new content, and the live pods read it under this name`,
    `${how}.`,
  );
}

function leftAlone(object: KubeObject): Finding {
  return warn(
    `${described(object)} has a new content, which this release does not write under this name, since the live pods read it`,
    'Apply it yourself once those pods are gone, or release again.',
  );
}

/** For a run that finds this only after it has begun. */
export function usedByLivePods(object: KubeObject): StreamGateError {
  const { message, remedy } = inUseAndNew(object);
  return new StreamGateError('Refused', message, { remedy });
}

function described(object: KubeObject): string {
  return describeRef(refOf(object));
}
