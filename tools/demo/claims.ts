import type { ActionResult } from '../runner.ts';
import type { Theatre } from './acts.ts';
import { whoAnswers } from './who-answers.ts';

/** One thing that has to hold, and whether it did. */
export interface Claim {
  readonly what: string;
  readonly held: boolean;
  /** The figure or words that show it. */
  readonly seen: string;
}

export function outcomeIs({ outputs, code, stderr, stdout }: ActionResult, outcome: string): Claim {
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

export function lostNothing({ outputs }: ActionResult): Claim {
  const { requests = '0', 'failed-requests': failed = '' } = outputs;
  return {
    what: 'no request failed',
    held: failed === '0' && Number(requests) > 0,
    seen: `${failed || '?'} of ${requests}`,
  };
}

export function quotes({ outputs }: ActionResult, text: string, what: string): Claim {
  const { reason = '' } = outputs;
  return { what, held: reason.includes(text), seen: reason };
}

/** Refused before the switch: nobody but the smoke test ever met it. */
export function neverServed({ outputs }: ActionResult, version: string): Claim {
  const { requests = '' } = outputs;
  return {
    what: `no caller ever met ${version}`,
    held: outputs.outcome === 'Aborted' && requests === '',
    seen: 'traffic never moved',
  };
}

export function passedSmoke({ outputs }: ActionResult): Claim {
  const { requests = '', 'failed-requests': failed = '' } = outputs;
  return {
    what: 'it passed the smoke test, and was taken back by its traffic',
    held: Number(requests) > 0 && Number(failed) > 0,
    seen: `${failed} of ${requests} requests failed`,
  };
}

export function inSeconds({ outputs }: ActionResult, abandoned: string): Claim {
  const ms = outputs['rollback-ms'] ?? '';
  return {
    what: `from the start to the last answer of ${abandoned}, under 2 minutes`,
    held: ms !== '' && Number(ms) < 120_000,
    seen: `${(Number(ms) / 1_000).toFixed(1)} s`,
  };
}

export async function isAnsweredBy(theatre: Theatre, version: string): Promise<Claim> {
  const seen = await whoAnswers(theatre.stage);
  return { what: `callers are answered by ${version}`, held: seen === version, seen };
}
