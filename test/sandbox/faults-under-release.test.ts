import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../src/base/index.ts';
import type { StepListener } from '../../src/release/engine.ts';
import { readJournal } from '../../src/release/journal/journal-store.ts';
import { entryRef, leaseRef, routeRef } from '../../src/release/slots/names.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import {
  openReleaseStage,
  type ReleaseStage,
  type StagedApp,
  type WitnessedRun,
} from '../support/release-stage.ts';

/** What goes wrong while v2 is released over v1. */
interface Trouble {
  readonly name: string;
  /** Prepares it, and may do more as the release goes on. */
  readonly arrange: (sandbox: Sandbox) => Partial<StepListener> | undefined;
  /** Shows that it was met, so that a release that never noticed proves something. */
  readonly met: (sandbox: Sandbox) => boolean;
  /** Whether an undo with its reason is a good end, too. */
  readonly mayUndo: boolean;
}

const everyNth = (step: number, count: number) => Array.from({ length: count }, (_, n) => (n + 1) * step);
const answered = ({ requests }: Sandbox, status: number) =>
  requests.some((request) => request.status === status);
const outageMs = 4_000;
let outages = 0;

const troubles: readonly Trouble[] = [
  {
    name: 'slow EndpointSlices',
    arrange: ({ faults }) => void faults.setDelays({ endpointMs: 3_000 }),
    met: () => true,
    mayUndo: false,
  },
  {
    name: 'an API that answers 429 and 500 now and then, or breaks the connection before or after the work',
    arrange({ faults }) {
      for (const nth of everyNth(7, 60)) {
        const effects = [
          { kind: 'status', status: 429, retryAfterSeconds: 1 },
          { kind: 'status', status: 500 },
          { kind: 'drop', when: 'before' },
          { kind: 'drop', when: 'after' },
        ] as const;
        faults.add({ nth }, effects[nth % effects.length] ?? effects[0]);
      }
      return undefined;
    },
    met: (sandbox) => answered(sandbox, 429) && answered(sandbox, 500),
    mayUndo: false,
  },
  {
    name: 'writes that are answered with 409 now and then',
    arrange({ faults }) {
      for (const nth of everyNth(5, 20)) {
        faults.add(
          { method: 'PATCH', path: /\/(services|httproutes|deployments)\//, nth },
          { kind: 'status', status: 409 },
        );
      }
      return undefined;
    },
    met: (sandbox) => answered(sandbox, 409),
    mayUndo: true,
  },
  {
    name: 'watches that say nothing',
    arrange: ({ faults }) => void faults.add({}, { kind: 'silent-watch' }),
    met: ({ requests }) => requests.some(({ path }) => path.includes('watch=')),
    mayUndo: false,
  },
  {
    name: 'an API that is away in the middle of the switch',
    arrange: ({ faults }) => ({
      begin({ id }) {
        if (id !== 'shift-weights') return;
        outages += 1;
        faults.stopApi('refuse');
        void pause(outageMs).then(() => faults.startApi());
      },
    }),
    met: () => outages > 0,
    mayUndo: false,
  },
];

interface Ending {
  readonly run: WitnessedRun;
  readonly serving: string;
  readonly wasMet: boolean;
  /** What stands there afterwards. */
  readonly standing: unknown;
}

const endings = new Map<Trouble, Ending>();

/** Each on a cluster of its own, so that none meets the trouble of another. */
async function play(trouble: Trouble): Promise<void> {
  const stage = await openReleaseStage();
  try {
    endings.set(trouble, await releaseInto(trouble, stage));
  } finally {
    await stage.close();
  }
}

async function releaseInto(trouble: Trouble, stage: ReleaseStage): Promise<Ending> {
  const app = await stage.openApp('shop', { rate: 50 });
  const first = await app.release({ name: 'v1', knobs: {}, story: '' });
  if (first.result.outcome !== 'Promoted') throw new Error(first.result.reason);
  const listener = { plan() {}, begin() {}, end() {}, ...trouble.arrange(stage.sandbox) };
  const run = await app.release({ name: 'v2', knobs: {}, story: '' }, { listener });
  const wasMet = trouble.met(stage.sandbox);
  stage.sandbox.faults.clear();
  return { run, wasMet, serving: await app.serving(), standing: await look(app) };
}

async function look({ cluster, namespace }: StagedApp) {
  const journal = await readJournal(cluster, namespace, 'shop');
  if (journal === undefined) throw new Error('the journal is gone');
  const { names, live } = journal;
  const [service, route, lease] = await Promise.all([
    cluster.get(entryRef(names)),
    cluster.get(routeRef(names, 'shop')),
    cluster.get(leaseRef(namespace, 'shop')),
  ]);
  return {
    phase: journal.release?.phase,
    selectsLiveSlot: at(service, 'spec', 'selector', 'streamgate.io/slot') === live?.slot,
    backend: at(route, 'spec', 'rules', 0, 'backendRefs', 0, 'name'),
    otherBackend: at(route, 'spec', 'rules', 0, 'backendRefs', 1),
    holder: at(lease, 'spec', 'holderIdentity'),
  };
}

beforeAll(async () => {
  const ends = await Promise.allSettled(troubles.map(play));
  const failed = ends.filter((end) => end.status === 'rejected').map(({ reason }) => reason);
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n'));
}, 180_000);

describe.each(troubles)('with $name', (trouble) => {
  const ending = (): Ending => {
    const found = endings.get(trouble);
    if (found === undefined) throw new Error('it was not played');
    return found;
  };

  it('a release loses nothing', () => {
    const { run, wasMet } = ending();
    expect(wasMet).toBe(true);
    expect(run.lost).toEqual([]);
    expect(run.contradictions).toEqual([]);
    expect(run.testimony.planned.length).toBeGreaterThan(100);
  });

  it('a release ends whole: promoted, or put back with the reason', () => {
    const { run, serving, standing } = ending();
    const { outcome, reason } = run.result;
    const undone = trouble.mayUndo && outcome === 'Aborted';
    expect({ outcome, reason, serving }).toEqual({
      outcome: undone ? 'Aborted' : 'Promoted',
      reason: expect.stringMatching(undone ? /\S/ : /^Revision 2 of shop .* is live/),
      serving: undone ? 'v1' : 'v2',
    });
    expect(standing).toEqual({
      phase: undone ? 'aborted' : 'promoted',
      selectsLiveSlot: true,
      backend: 'shop',
      otherBackend: undefined,
      holder: undefined,
    });
  });
});
