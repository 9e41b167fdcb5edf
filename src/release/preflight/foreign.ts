import { at } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { deploymentRef, entryRef, managedByLabel, manager } from '../slots/names.ts';
import { type Check, type Finding, refuse } from './check.ts';

/** What runs already without us is left alone: taking it over is a step of its own that must restart nothing. */
export const findForeign: Check = async ({ request: { cluster, desired }, journal, names }) => {
  if (journal !== undefined) return [];
  const refs = [
    refOf(desired.workload),
    deploymentRef(names, 'blue'),
    deploymentRef(names, 'green'),
    entryRef(names),
  ];
  const findings: Finding[] = [];
  for (const ref of refs) {
    const object = await cluster.get({ ...ref, namespace: names.namespace });
    if (object === undefined || object.metadata.labels?.[managedByLabel] === manager) continue;
    if (ref.kind === 'Service' && !(await selectsSomething(cluster, object))) continue;
    findings.push(
      refuse(
        `${describeRef(ref)} is there already, and StreamGate has not made it`,
        'Taking over a running workload is not supported yet. Release into a fresh namespace, or under another app name.',
      ),
    );
  }
  return findings;
};

async function selectsSomething(cluster: Cluster, service: KubeObject): Promise<boolean> {
  const selector = Object.entries(at(service, 'spec', 'selector') ?? {});
  if (selector.length === 0) return true;
  const labelSelector = selector.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const pods = await cluster.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: service.metadata.namespace ?? '', labelSelector },
  );
  return pods.length > 0;
}
