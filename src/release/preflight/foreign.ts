import { at } from '../../base/index.ts';
import { describeRef } from '../../cluster/index.ts';
import { deploymentRef, entryRef, slotNames, slotServiceRef } from '../slots/names.ts';
import { isOurs } from '../slots/ours.ts';
import { type Check, type Finding, refuse } from './check.ts';

/** What has the name of a slot and is not ours would be taken for one: it is left alone. */
export const findForeign: Check = async (situation) => {
  const { request, names, running } = situation;
  const deployments = { ...names, deployments: slotNames(names.app) };
  const refs = [
    deploymentRef(deployments, 'blue'),
    deploymentRef(deployments, 'green'),
    slotServiceRef(names, 'blue'),
    slotServiceRef(names, 'green'),
  ];
  const findings: Finding[] = [];
  for (const ref of refs) {
    const object = await request.cluster.get(ref);
    const adopted = object !== undefined && object.metadata.uid === running?.metadata.uid;
    if (object === undefined || isOurs(object) || adopted) continue;
    findings.push(
      refuse(
        `${describeRef(ref)} is there already, and StreamGate has not made it`,
        `The slots of ${names.app} need this name: rename or remove that object, or release under another app name.`,
      ),
    );
  }
  return [...findings, ...(await findUsedEntry(situation))];
};

/** Without a Deployment to take over, the app's own Service must not reach pods yet: they would lose their callers. */
const findUsedEntry: Check = async ({ request: { cluster, desired }, journal, names, running }) => {
  if (journal !== undefined || running !== undefined) return [];
  const service = await cluster.get(entryRef(names));
  const selector = Object.entries(at(service, 'spec', 'selector') ?? {});
  if (service === undefined || selector.length === 0) return [];
  const labelSelector = selector.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const pods = await cluster.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: names.namespace, labelSelector },
  );
  if (pods.length === 0) return [];
  return [
    refuse(
      `${describeRef(entryRef(names))} is there already and reaches ${pods.length} pods, but there is no Deployment ${desired.workload.metadata.name} to take over`,
      'Name the Deployment that runs with `workload`, or release under another app name.',
    ),
  ];
};
