import { at } from '../../src/base/index.ts';
import type { Call } from './contestant.ts';
import { journalIn, type SeenWrite } from './gatekeeper.ts';

/** What a dead run had carried out, which decides where its app has to end up. */
type Done = readonly SeenWrite[];

/** How somebody brings the app into order, and which undisturbed life it must then look like. */
export interface Recovery {
  readonly name: 're-run' | 'rollback' | 'recover';
  /** Given the call of the deed in which the run died, counted from 0. */
  readonly calls: (died: number) => readonly Call[];
  readonly wanted: (done: Done) => readonly Call[];
}

/** One deed, and the ways out of its middle. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly arrange: readonly Call[];
  readonly deed: readonly Call[];
  /** Whether callers are served all the time. */
  readonly watched: boolean;
  readonly recoveries: readonly Recovery[];
}

const release = (version: string, inputs: Call['inputs'] = {}): Call => ({
  action: 'bluegreen-deploy',
  version,
  inputs,
});
const back: Call = { action: 'rollback' };
const recover: Call = { action: 'rollback', inputs: { 'unfinished-only': 'true' } };
const retired = release('v2', { until: 'retired', 'rollback-window': '500ms' });

/** From the write that says so on, a release is over, and a rollback leads back from its end. */
const hadPromoted = (done: Done) =>
  done.some(({ body }) => at(journalIn(body), 'release', 'phase') === 'promoted');

const hadBegunBack = (done: Done) =>
  done.some(({ body }) => at(journalIn(body), 'release', 'strategy') === 'rollback');

function recoveriesOfRelease(
  arrange: readonly Call[],
  deed: readonly Call[],
  end: Call,
): readonly Recovery[] {
  const released = [...arrange, end];
  return [
    { name: 're-run', calls: (died) => deed.slice(died), wanted: () => released },
    {
      name: 'rollback',
      calls: () => [back],
      wanted: (done) => {
        if (!hadPromoted(done)) return arrange;
        return arrange.length === 0 ? released : [...released, back];
      },
    },
  ];
}

function recoveriesOfRollback(arrange: readonly Call[]): readonly Recovery[] {
  const done = [...arrange, back];
  return [
    { name: 're-run', calls: () => [back], wanted: () => done },
    // Until its journal says that it has begun, there is nothing that could be gone on with.
    { name: 'recover', calls: () => [recover], wanted: (seen) => (hadBegunBack(seen) ? done : arrange) },
  ];
}

const v1 = [release('v1')];
const v2 = [...v1, release('v2')];
const onlyV2 = [...v1, retired];
const inTwo = [release('v2', { until: 'preview' }), release('v2')];

export const scenarios: readonly Scenario[] = [
  {
    name: 'first',
    title: 'the first release of an app',
    arrange: [],
    deed: v1,
    watched: false,
    recoveries: recoveriesOfRelease([], v1, release('v1')),
  },
  {
    name: 'later',
    title: 'a later release',
    arrange: v1,
    deed: [release('v2')],
    watched: true,
    recoveries: recoveriesOfRelease(v1, [release('v2')], release('v2')),
  },
  {
    name: 'preview',
    title: 'a release that stops at its preview, and goes on',
    arrange: v1,
    deed: inTwo,
    watched: true,
    recoveries: recoveriesOfRelease(v1, inTwo, release('v2')),
  },
  {
    name: 'warm',
    title: 'a rollback onto warm pods',
    arrange: v2,
    deed: [back],
    watched: true,
    recoveries: recoveriesOfRollback(v2),
  },
  {
    name: 'cold',
    title: 'a rollback onto pods that are gone',
    arrange: onlyV2,
    deed: [back],
    watched: true,
    recoveries: recoveriesOfRollback(onlyV2),
  },
];
