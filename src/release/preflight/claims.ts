import { listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { type Check, type Finding, refuse } from './check.ts';
import { claimNames } from './manifest-facts.ts';
import { workloadName } from './workload.ts';

/** While both versions run, both hold every volume: one that a single node or pod may have keeps the second from starting. */
export const findExclusiveClaims: Check = async ({ request: { cluster, desired }, names: { namespace } }) => {
  const findings: Finding[] = [];
  for (const name of claimNames(desired.workload)) {
    const isClaim = ({ kind, metadata }: KubeObject) =>
      kind === 'PersistentVolumeClaim' && metadata.name === name;
    const claim =
      desired.others.find(isClaim) ??
      (await cluster.get({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name }));
    const modes = listAt(claim, 'spec', 'accessModes').map(String);
    if (claim === undefined || modes.some((mode) => mode.endsWith('Many'))) continue;
    findings.push(
      refuse(
        `${workloadName(desired.workload)} uses PersistentVolumeClaim ${name}, which is ${modes.join(', ')}: two versions cannot both be sure to have it`,
        'Keep data in a service of its own, or use a claim with ReadWriteMany or ReadOnlyMany.',
      ),
    );
  }
  return findings;
};
