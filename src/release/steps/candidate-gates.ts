import { StreamGateError } from '../../base/index.ts';
import { directPod, listPods } from '../slots/pods.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './desired.ts';

/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
export const candidateGates: Step = {
  id: 'smoke',
  title: 'Test the candidate before it gets traffic',
  async act(release, deadline) {
    const { cluster, names, candidate, gates, recorder } = release;
    const { workload, service } = requireDesired(release);
    const pods = (await listPods(cluster, names, candidate)).map((pod) => directPod(cluster, names, pod));
    const reasons: string[] = [];
    for (const gate of gates) {
      const result = await gate.check({ pods, workload, service }, deadline);
      recorder.gate(result);
      if (result.verdict !== 'pass') {
        throw new StreamGateError('Failed', result.reason, {
          remedy: 'The candidate never received traffic. Mend it, or the check, and release again.',
        });
      }
      reasons.push(result.reason);
    }
    return reasons.join('; ');
  },
};
