import type { ActionResult } from '../runner.ts';
import { type Act, goBack, release, type Theatre } from './acts.ts';
import * as claim from './claims.ts';
import { type Part, parts } from './versions.ts';

/** Who serves while the story goes on, and what a way back would find. */
interface Standing {
  /** Versions that were promoted, the live one last. */
  readonly promoted: readonly string[];
  /** Whether the slot of the one before is still as it was left. */
  readonly warm: boolean;
}

/**
 * Plays the whole story and yields each act as it ends: a release of each part, whose fate its fault decides, and at the
 * end the way back. The first part has to be a good one.
 */
export async function* playDemo(theatre: Theatre, cast: readonly Part[] = parts): AsyncGenerator<Act> {
  let standing: Standing = { promoted: [], warm: false };
  for (const part of cast) {
    const live = standing.promoted.at(-1);
    yield await releaseAct(theatre, part, live);
    standing =
      part.fate === 'promoted'
        ? { promoted: [...standing.promoted, part.name], warm: live !== undefined }
        : { ...standing, warm: false };
  }
  yield await rollbackAct(theatre, standing);
}

function releaseAct(theatre: Theatre, part: Part, live: string | undefined): Promise<Act> {
  const { name, story, fate } = part;
  const load = live === undefined ? '' : ` under ${theatre.rate} requests/s`;
  // As the program of the demo answers when it fails.
  const failure = `answered 500 "{"version":"${name}"`;
  return act(
    `Release ${name}${fate === 'promoted' ? load : ''}: ${story}`,
    () => release(theatre, part),
    (result) => {
      const stays = () => claim.isAnsweredBy(theatre, live ?? '');
      switch (fate) {
        case 'promoted':
          return [
            claim.outcomeIs(result, 'Promoted'),
            ...(live === undefined ? [] : [claim.lostNothing(result)]),
            claim.isAnsweredBy(theatre, name),
          ];
        case 'refused':
          return [
            claim.outcomeIs(result, 'Aborted'),
            claim.quotes(result, failure, 'the smoke test quotes the failing answer'),
            claim.neverServed(result, name),
            stays(),
          ];
        case 'taken back':
          return [
            claim.outcomeIs(result, 'Aborted'),
            claim.quotes(result, failure, 'the failing answer of real traffic is quoted'),
            claim.passedSmoke(result),
            stays(),
          ];
      }
    },
  );
}

function rollbackAct(theatre: Theatre, { promoted, warm }: Standing): Promise<Act> {
  const [before = '', live = ''] = promoted.slice(-2);
  return act(
    `Roll back to ${before}`,
    () => goBack(theatre),
    (result) => [
      // When its slot was needed to try others, its pods are started again from their recorded revision.
      claim.outcomeIs(result, warm ? 'FastRolledBack' : 'RolledBack'),
      claim.lostNothing(result),
      claim.inSeconds(result, live),
      claim.isAnsweredBy(theatre, before),
    ],
  );
}

async function act(
  title: string,
  run: () => Promise<ActionResult>,
  claims: (result: ActionResult) => readonly (claim.Claim | Promise<claim.Claim>)[],
): Promise<Act> {
  const began = performance.now();
  const result = await run();
  const { evidence = '', report = '' } = result.outputs;
  return {
    title,
    seconds: (performance.now() - began) / 1_000,
    claims: await Promise.all(claims(result)),
    evidence,
    report,
  };
}
