import { directPod, listPods } from '../slots/pods.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './desired.ts';
import { requirePass } from './require-pass.ts';

const refused = 'The candidate never received traffic. Mend it, or the check, and release again.';

/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
export const candidateGates: Step = {
  id: 'smoke',
  title: 'Test the candidate before it gets traffic',
  async act(release, deadline) {
    const { cluster, names, candidate, gates } = release;
    const { workload, service } = requireDesired(release);
    const pods = (await listPods(cluster, names, candidate)).map((pod) => directPod(cluster, names, pod));
    const reasons: string[] = [];
    for (const gate of gates)
      reasons.push(await requirePass(release, gate, { pods, workload, service }, deadline, refused));
    return reasons.join('; ');
  },
};
