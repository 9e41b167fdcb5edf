import { type Deadline, type Milliseconds, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { sharesCallers } from '../../traffic/index.ts';
import { isReady } from '../proof/rollout-status.ts';
import { backendNamesOf } from '../router-of.ts';
import { routeRef, type Slot, slotServiceRef } from '../slots/names.ts';
import { directPod, listPods } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';

/** Of each side: each pod costs a port-forward, and more at once would strain the API server. */
const podsAtOnce = 4;
/** For all pods of a version that is to be left: it may be left because it hangs, and callers wait meanwhile. */
const abandonedWithinMs: Milliseconds = 3_000;

/** What the pods of a slot call themselves, asked one by one and past every Service. Warns of those that could not be asked. */
async function versionsOf(release: Release, slot: Slot, deadline: Deadline): Promise<readonly string[]> {
  const { cluster, names, identify, recorder } = release;
  const service = await cluster.get(slotServiceRef(names, slot));
  if (service === undefined) return [];
  const pods = (await listPods(cluster, names, slot)).filter(isReady);
  const found: string[] = [];
  const unasked: string[] = [];
  const ask = (pod: KubeObject) =>
    identify(directPod(cluster, names, pod), service, deadline).catch((thrown: unknown) => {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Failed') throw thrown;
      unasked.push(thrown.message);
      return [];
    });
  for (let start = 0; start < pods.length && !deadline.signal.aborted; start += podsAtOnce) {
    found.push(...(await Promise.all(pods.slice(start, start + podsAtOnce).map(ask))).flat());
  }
  if (unasked.length > 0) {
    recorder.warn(
      `${unasked.length} of ${pods.length} pods of slot ${slot} could not be asked what they call themselves, so the answers of callers prove less: ${unasked[0]}`,
    );
  }
  return [...new Set(found)].sort();
}

/** Whether a route of the app, as it stands or is to be, also sends to somebody else. */
async function sharesCallersNow({ cluster, names, desired }: Release): Promise<boolean> {
  const standing = await Promise.all(names.routes.map((route) => cluster.get(routeRef(names, route))));
  const routes = [...standing, ...(desired?.routes ?? [])].filter((route) => route !== undefined);
  return routes.some((route) => sharesCallers(route, backendNamesOf(names)));
}

/** Asks both sides for their versions, so that answers of the entry point can be told apart. */
export const learnVersions: Step = {
  id: 'learn-versions',
  title: 'Learn what each version calls itself',
  everyRun: true,
  async act(release, deadline) {
    const isLeft = release.journal.release.strategy === 'rollback';
    const within = isLeft ? deadline.within(abandonedWithinMs, 'The version that is left') : deadline;
    const [candidate, stable] = await Promise.all([
      versionsOf(release, release.candidate, deadline),
      release.stable === null ? Promise.resolve([]) : versionsOf(release, release.stable, within),
    ]);
    release.versions.current = { candidate, stable, isShared: await sharesCallersNow(release) };
    const shared = candidate.filter((version) => stable.includes(version));
    if (shared.length > 0) {
      release.recorder.warn(
        `Both versions call themselves ${shared.join(', ')}: answers cannot be told apart, so only the control plane proves the switch.`,
      );
    }
    const said = (versions: readonly string[]) => versions.join(', ') || 'does not say';
    return `candidate: ${said(candidate)}; stable: ${release.stable === null ? 'there is none' : said(stable)}`;
  },
};
