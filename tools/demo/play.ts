import type { ActionResult } from '../runner.ts';
import { type Act, type Claim, goBack, release, type Theatre } from './acts.ts';
import { type Version, versions } from './versions.ts';
import { whoAnswers } from './who-answers.ts';

/** Plays the whole story and yields each act as it ends. */
export async function* playDemo(theatre: Theatre): AsyncGenerator<Act> {
  yield await act(
    `Release v1: ${versions.v1.story}`,
    () => release(theatre, versions.v1),
    (result) => [outcomeIs(result, 'Promoted'), claimAnswers(theatre, 'v1')],
  );
  yield await act(
    `Release v2 under ${theatre.rate} requests/s: ${versions.v2.story}`,
    () => release(theatre, versions.v2),
    (result) => [outcomeIs(result, 'Promoted'), lostNothing(result), claimAnswers(theatre, 'v2')],
  );
  yield await act(
    `Release v3: ${versions.v3.story}`,
    () => release(theatre, versions.v3),
    (result) => [
      outcomeIs(result, 'Aborted'),
      quotes(result, '500', 'the smoke test quotes the failing answer'),
      neverServed(result, versions.v3),
      claimAnswers(theatre, 'v2'),
    ],
  );
  yield await act(
    `Release v4: ${versions.v4.story}`,
    () => release(theatre, versions.v4),
    (result) => [
      outcomeIs(result, 'Aborted'),
      quotes(result, '500', 'the failing answer of real traffic is quoted'),
      passedSmoke(result),
      claimAnswers(theatre, 'v2'),
    ],
  );
  yield await act(
    'Roll back to v1',
    () => goBack(theatre),
    (result) => [
      // Its slot was needed to try v3 and v4, so the pods of v1 are started again from their recorded revision.
      outcomeIs(result, 'RolledBack'),
      lostNothing(result),
      inSeconds(result),
      claimAnswers(theatre, 'v1'),
    ],
  );
}

async function act(
  title: string,
  run: () => Promise<ActionResult>,
  claims: (result: ActionResult) => readonly (Claim | Promise<Claim>)[],
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

function outcomeIs({ outputs, code, stderr, stdout }: ActionResult, outcome: string): Claim {
  const { outcome: seen = '', reason = '' } = outputs;
  const passed = outcome !== 'Aborted';
  const held = seen === outcome && (code === 0) === passed;
  const said = seen === '' ? `${stderr}${stdout}`.slice(-400) : `${seen}: ${reason}`;
  return {
    what: passed ? `ends ${outcome}` : `is refused: ends ${outcome}, and the step fails`,
    held,
    seen: said,
  };
}

function lostNothing({ outputs }: ActionResult): Claim {
  const { requests = '0', 'failed-requests': failed = '' } = outputs;
  return {
    what: 'no request failed',
    held: failed === '0' && Number(requests) > 0,
    seen: `${failed || '?'} of ${requests}`,
  };
}

function quotes({ outputs }: ActionResult, text: string, what: string): Claim {
  const { reason = '' } = outputs;
  return { what, held: reason.includes(text), seen: reason };
}

/** Refused before the switch: nobody but the smoke test ever met it. */
function neverServed({ outputs }: ActionResult, version: Version): Claim {
  const { requests = '' } = outputs;
  return {
    what: `no caller ever met ${version.name}`,
    held: outputs.outcome === 'Aborted' && requests === '',
    seen: 'traffic never moved',
  };
}

function passedSmoke({ outputs }: ActionResult): Claim {
  const { requests = '', 'failed-requests': failed = '' } = outputs;
  return {
    what: 'it passed the smoke test, and was taken back by its traffic',
    held: Number(requests) > 0 && Number(failed) > 0,
    seen: `${failed} of ${requests} requests failed`,
  };
}

function inSeconds({ outputs }: ActionResult): Claim {
  const ms = outputs['rollback-ms'] ?? '';
  return {
    what: 'from the start to the last answer of v2, under 2 minutes',
    held: ms !== '' && Number(ms) < 120_000,
    seen: `${(Number(ms) / 1_000).toFixed(1)} s`,
  };
}

async function claimAnswers(theatre: Theatre, version: string): Promise<Claim> {
  const seen = await whoAnswers(theatre.stage);
  return { what: `callers are answered by ${version}`, held: seen === version, seen };
}
