import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { describeOnCluster, readCluster } from '../given-cluster.ts';
import { findNodeAddress } from '../node-address.ts';
import { type App, type Mode, openApp } from './app.ts';

/**
 * How an item of docs/checklist.md is shown on a real cluster:
 *
 * ```ts
 * inBothModes(
 *   'a release, one that errs, and the way back',
 *   // Played once in each mode, side by side, each with an app in a namespace of its own. Returns what items ask for.
 *   async (app) => {
 *     const first = await app.release('v1');
 *     const bad = await app.release('v2', knobs.errs);
 *     return { first, bad };
 *   },
 *   // Items: a title begins with the ID. They look at what was played, and may still ask the cluster.
 *   ({ item, told }) => {
 *     item('B05 leaves the live version untouched', () => {
 *       const { app, seen } = told();
 *       expect(seen.bad.outputs.outcome).toBe('Aborted');
 *       expect(seen.bad.after).toEqual(seen.first.after);
 *       expect(app.lostIn(seen.bad)).toEqual([]);
 *     });
 *     item.notIn('selector', 'T13 keeps the share of others', 'a Service has no weights');
 *   },
 * );
 * ```
 *
 * One history tells many items: each release takes about five seconds, a namespace of its own some more. A history that
 * breaks off fails each of its items, with the reason. See `app.ts` for what an app can do, and `knobs.ts` for what can
 * be wrong with a version.
 */
export function inBothModes<Seen>(
  title: string,
  play: (app: App) => Promise<Seen>,
  tell: (items: Items<Seen>) => void,
): void {
  const reachable = modes.filter((mode) => mode === 'gateway' || hindrance === undefined);
  describeOnCluster(title, (cluster) => {
    const histories = new Map<Mode, History<Seen>>();
    beforeAll(async () => {
      const playIn = async (mode: Mode) =>
        histories.set(mode, await playHistory(() => openApp(cluster, mode), play));
      // Side by side: both mostly wait for pods.
      await Promise.all(reachable.map(playIn));
    }, 10 * minutes);
    afterAll(async () => {
      await Promise.all([...histories.values()].map(({ app }) => app?.close()));
    }, 2 * minutes);
    describe.each(reachable)('%s mode', (mode) => {
      tell(itemsOf(mode, () => played(histories.get(mode))));
    });
  });
  if (hindrance !== undefined)
    describeOnCluster(
      `${title}, selector mode`,
      () => tell(itemsOf('selector', () => played(undefined))),
      hindrance,
    );
}

/** What an item is told: the app as the history left it, and what the history returned. */
export interface Told<Seen> {
  readonly app: App;
  readonly seen: Seen;
}

export interface Items<Seen> {
  readonly mode: Mode;
  readonly item: {
    (title: string, shows: () => void | Promise<void>): void;
    /** An item without a meaning in this mode: it is listed as skipped, with the reason. */
    notIn(mode: Mode, title: string, reason: string): void;
  };
  /** Throws what broke the history off. */
  told(): Told<Seen>;
}

const minutes = 60_000;
const modes: readonly Mode[] = ['gateway', 'selector'];
const given = readCluster();
const node = given === undefined ? undefined : await findNodeAddress(given);
/** Why callers cannot come in by a node port from here: then the items of selector mode are skipped. */
const hindrance = node !== undefined && 'hindrance' in node ? node.hindrance : undefined;

interface History<Seen> {
  readonly app: App | undefined;
  readonly end: { readonly seen: Seen } | { readonly thrown: unknown };
}

/** Never rejects: what went wrong is for the items to tell, and the namespace has to go all the same. */
async function playHistory<Seen>(
  open: () => Promise<App>,
  play: (app: App) => Promise<Seen>,
): Promise<History<Seen>> {
  let app: App | undefined;
  try {
    app = await open();
    return { app, end: { seen: await play(app) } };
  } catch (thrown) {
    return { app, end: { thrown } };
  } finally {
    // Items look back at what callers met: nothing may change under them.
    await app?.callers.stop();
  }
}

function played<Seen>(history: History<Seen> | undefined): Told<Seen> {
  if (history === undefined) throw new Error('nothing was played');
  if ('thrown' in history.end) throw history.end.thrown;
  if (history.app === undefined) throw new Error('there is no app');
  return { app: history.app, seen: history.end.seen };
}

function itemsOf<Seen>(mode: Mode, told: () => Told<Seen>): Items<Seen> {
  const item = (title: string, shows: () => void | Promise<void>) => it(title, shows, 2 * minutes);
  const notIn = (without: Mode, title: string, reason: string) => {
    if (mode !== without) return;
    process.stderr.write(`${title}: not in ${mode} mode, ${reason}\n`);
    it.skip(`${title}: ${reason}`, () => {});
  };
  return { mode, item: Object.assign(item, { notIn }), told };
}
