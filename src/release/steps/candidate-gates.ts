import { StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import type { GateResult } from '../../evidence/index.ts';
import { metSilence, whatBefell } from '../proof/what-befell.ts';
import { directPod, listPods } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';
import { requirePass } from './require-pass.ts';

const refused = 'The candidate never received traffic. Mend it, or the check, and release again.';

/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
export const candidateGates: Step = {
  id: 'smoke',
  title: 'Test the candidate before it gets traffic',
  async act(release, deadline) {
    const { cluster, names, candidate, gates } = release;
    const { workload, service } = requireDesired(release);
    const standing = await listPods(cluster, names, candidate);
    const pods = standing.map((pod) => directPod(cluster, names, pod));
    const results: GateResult[] = [];
    for (const gate of gates)
      results.push(await requirePass(release, gate, { pods, workload, service }, deadline, refused));
    // A program that died and was quickly back may have passed every check.
    if (results.some(metSilence)) await requireAlive(release, standing);
    return results.map(({ reason }) => reason).join('; ');
  },
};

/** Throws `Failed` when a container has ended since the pods stood like this. */
async function requireAlive(release: Release, since: readonly KubeObject[]): Promise<void> {
  const { cluster, names, candidate } = release;
  const list = () => listPods(cluster, names, candidate);
  const end = await whatBefell(release, { listPods: list, patient: true, since });
  if (end === undefined) return;
  const remedy = `${end.remedy} ${refused}`;
  throw new StreamGateError('Failed', `${end.message}, while it was tested`, { remedy });
}
