import { at, type Deadline, equalJson, type Milliseconds, StreamGateError } from '../../base/index.ts';
import {
  describeRef,
  fieldManager,
  type KubeObject,
  refOf,
  stampToken,
  tokenOf,
} from '../../cluster/index.ts';
import type { RouteTarget } from '../../traffic/index.ts';
import { guidedServices, routeRef, type Slot, serviceRef, slotLabel } from '../slots/names.ts';
import type { Release } from '../step.ts';

/** What this release has set, and nobody else should change while it goes on. */
export interface Held {
  readonly target?: RouteTarget;
  /** The slot that the app's own Services select. */
  readonly selected?: Slot;
}

const lookEveryMs: Milliseconds = 1_000;

/**
 * Does some work, and meanwhile looks whether what was set still stands. Somebody who sets it back, as a GitOps sync
 * does, ends the work with a `Conflict` that names them: setting it again would only begin a fight.
 */
export async function whileHeld<T>(
  release: Release,
  held: Held,
  deadline: Deadline,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const ended = new AbortController();
  const signal = AbortSignal.any([deadline.signal, stop.signal]);
  const watching = watch(release, held, AbortSignal.any([signal, ended.signal])).catch((thrown: unknown) => {
    if (!ended.signal.aborted && isVerdict(thrown)) stop.abort(thrown);
  });
  try {
    return await work(endedBy(stop.signal, deadline));
  } catch (thrown) {
    throw stop.signal.aborted ? stop.signal.reason : thrown;
  } finally {
    ended.abort();
    await watching;
  }
}

/** The same deadline, and those within it, which the signal ends as well. */
function endedBy(signal: AbortSignal, deadline: Deadline): Deadline {
  return {
    ...deadline,
    signal: AbortSignal.any([deadline.signal, signal]),
    within: (ms, what) => endedBy(signal, deadline.within(ms, what)),
  };
}

/** A look that failed says nothing; the work has its own errors. */
function isVerdict(thrown: unknown): boolean {
  return thrown instanceof StreamGateError && (thrown.code === 'Conflict' || thrown.code === 'Superseded');
}

async function watch(release: Release, held: Held, signal: AbortSignal): Promise<void> {
  const cluster = release.cluster.with(signal);
  for (;;) {
    await release.clock.sleep(lookEveryMs, signal);
    await requireHeld({ ...release, cluster }, held);
  }
}

/** Throws `Conflict` when what was set stands there no more, `Superseded` when a newer release has changed it. */
async function requireHeld(release: Release, { target, selected }: Held): Promise<void> {
  const { cluster, names, router, token } = release;
  const changed: KubeObject[] = [];
  if (target !== undefined && names.routes.length > 0 && !equalJson(await router.target(cluster), target)) {
    const routes = await Promise.all(names.routes.map((name) => cluster.get(routeRef(names, name))));
    changed.push(...routes.filter((route) => route !== undefined));
  }
  if (selected !== undefined) {
    const services = await Promise.all(
      guidedServices(names).map((name) => cluster.get(serviceRef(names, name))),
    );
    const standing = services.filter((service) => service !== undefined);
    changed.push(...standing.filter((service) => at(service, 'spec', 'selector', slotLabel) !== selected));
  }
  const newer = changed.find((object) => (tokenOf(object) ?? 0) > token);
  if (newer !== undefined) await stampToken(cluster, refOf(newer), token);
  const [first] = changed;
  if (first === undefined) return;
  throw new StreamGateError(
    'Conflict',
    `${describeRef(refOf(first))} was set back in the middle of the release, by ${writersOf(first)}`,
    {
      remedy:
        'Nobody else may steer it while a release goes on: tell the tool to leave these fields alone (docs/gitops.md), then run the same command again.',
    },
  );
}

/** Who else wrote the spec, the last one first, by the object's own record. */
export function writersOf({ metadata }: KubeObject): string {
  const entries = Array.isArray(metadata.managedFields) ? metadata.managedFields : [];
  const others = entries
    .filter((entry) => at(entry, 'manager') !== fieldManager && at(entry, 'fieldsV1', 'f:spec') !== undefined)
    .sort((a, b) => String(at(b, 'time')).localeCompare(String(at(a, 'time'))));
  const [last] = others;
  return last === undefined ? 'somebody who left no name' : String(at(last, 'manager'));
}
