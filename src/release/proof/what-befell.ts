import { type Milliseconds, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import type { GateResult } from '../../evidence/index.ts';
import type { Release } from '../step.ts';
import { countEnds, endOf, type PodTrouble } from './pod-trouble.ts';

/** The kubelet looks at its containers each second, and tells after that: an answer that breaks off is known before. */
const newsMs: Milliseconds = 2_500;
const lookEveryMs: Milliseconds = 250;

/** Whether a gate met pods that gave no answer at all, as those do whose program has ended. */
export function metSilence({ observations }: GateResult): boolean {
  return observations.some(({ unanswered }) => unanswered === true);
}

export interface Ends {
  listPods(): Promise<readonly KubeObject[]>;
  /** Waits for the news of an end. */
  readonly patient: boolean;
  /** Pods as they were: only ends that came after that count. */
  readonly since?: readonly KubeObject[];
}

/** The first container of these pods that has ended by itself; undefined when there is none. */
export async function whatBefell(
  { clock }: Pick<Release, 'clock'>,
  { listPods, patient, since = [] }: Ends,
): Promise<PodTrouble | undefined> {
  const before = new Map(since.map((pod) => [pod.metadata.name, countEnds(pod)]));
  const until = clock.monotonic() + (patient ? newsMs : 0);
  for (;;) {
    const pods = (await listPods()).filter((pod) => countEnds(pod) > (before.get(pod.metadata.name) ?? 0));
    const [end] = pods.flatMap((pod) => endOf(pod) ?? []);
    if (end !== undefined || clock.monotonic() >= until) return end;
    await clock.sleep(lookEveryMs);
  }
}

/** What a caller met, and why: a broken connection says nothing of a memory limit. */
export function explainBy(error: StreamGateError, end: PodTrouble | undefined): StreamGateError {
  const isVerdict = error.code === 'Failed' || error.code === 'Timeout';
  if (end === undefined || !isVerdict || error.message.includes(end.message)) return error;
  const { remedy, evidence } = error;
  return new StreamGateError(error.code, `${error.message}. ${end.message}`, {
    remedy: [end.remedy, remedy ?? ''].join(' ').trim(),
    evidence,
    cause: error,
  });
}
