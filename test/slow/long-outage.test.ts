import { describe, expect, it } from '@jest/globals';
import { openArena } from '../../tools/kill-sweep/arena.ts';
import { atRest } from '../../tools/kill-sweep/at-rest.ts';
import { startCaller } from '../../tools/kill-sweep/caller.ts';
import type { Call, Contestant } from '../../tools/kill-sweep/contestant.ts';
import { closeGate } from '../../tools/kill-sweep/gatekeeper.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import type { WriteOfStep } from '../support/stopped-action.ts';

/** Longer than any lock of these runs lasts. */
const outageMs = 60_000;
const limitMs = 400_000;

const release = (version: string): Call => ({ action: 'bluegreen-deploy', version });
const rollback: Call = { action: 'rollback' };

interface Outage extends WriteOfStep {
  readonly mode: 'refuse' | 'hang';
  readonly arrange: readonly Call[];
  readonly deed: Call;
  /** Who may serve in the end, by the outcome that the action has to give for it. */
  readonly serving: Readonly<Record<string, string>>;
}

const ofRelease = {
  step: 'shift-weights',
  what: 'PATCH httproutes/shop',
  arrange: [release('v1')],
  deed: release('v2'),
  serving: { Promoted: 'v2', Aborted: 'v1' },
} as const;
const ofRollback = {
  step: 'return-route',
  what: 'PATCH httproutes/shop',
  arrange: [release('v1'), release('v2')],
  deed: rollback,
  serving: { FastRolledBack: 'v1' },
} as const;

describe('an API that is away for a minute once callers have been sent over', () => {
  it.concurrent.each<Outage>([
    { mode: 'refuse', ...ofRelease },
    { mode: 'hang', ...ofRelease },
    { mode: 'refuse', ...ofRollback },
    { mode: 'hang', ...ofRollback },
  ])(
    '($mode, under a $deed.action) costs no request, and the built action ends its work or puts it back',
    async (outage) => {
      // A cluster of its own: it is away for everybody.
      const arena = await openArena(ensureBuilt());
      try {
        const app = await arena.enter();
        for (const call of outage.arrange) expect(await app.run(call)).toMatchObject({ code: 0 });
        const { faults } = arena.sandbox;
        const back = Promise.withResolvers<'back'>();
        const gate = closeGate(arena.checkpoint, {
          namespace: app.namespace,
          isPoint: ({ step, what }, when) => step === outage.step && what === outage.what && when === 'after',
          async onPoint() {
            faults.stopApi(outage.mode);
            setTimeout(() => {
              faults.startApi();
              back.resolve('back');
            }, outageMs);
          },
        });
        const caller = startCaller(arena.url, app.hostname);
        const { result } = app.start(outage.deed);
        // It has not given up while nobody answered it.
        expect(await Promise.race([back.promise, result])).toBe('back');
        const { outputs } = await result;
        await caller.stop();
        gate.open();

        expect(caller.lost).toEqual([]);
        expect(caller.asked()).toBeGreaterThan(200);
        await expectWhole(app, outage, await result);
        expect(outputs.reason).toMatch(/\S/);
      } finally {
        await arena.close();
      }
    },
    limitMs,
  );
});

/** Its outcome is true, and nothing of it is left half-way. */
async function expectWhole(app: Contestant, { serving }: Outage, result: ActionResult): Promise<void> {
  const { outcome = '', 'active-slot': slot } = result.outputs;
  expect(Object.keys(serving)).toContain(outcome);
  const standing = await atRest(app);
  expect(standing.serving).toBe(serving[outcome]);
  expect(await app.lock()).toMatchObject({ holder: '' });
  const line = (start: string) => standing.objects.find((text) => text.startsWith(start));
  expect(line('Service shop ')).toContain(`"streamgate.io/slot":"${slot}"`);
  expect(line('HTTPRoute shop ')).not.toMatch(/shop-(blue|green)/);
}
