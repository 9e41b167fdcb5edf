import { StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import type { Names } from '../slots/names.ts';

/** Something that a check has to say before a release begins. */
export interface Finding {
  /** `refuse`: going on would hurt somebody, or cannot succeed. `warn`: it is told, and the release goes on. */
  readonly level: 'refuse' | 'warn';
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly remedy: string;
}

/** What every check looks at: read once, before anything is touched. */
export interface Situation {
  readonly request: DeployRequest;
  /** Undefined for an app that was never released. */
  readonly journal: Journal | undefined;
  readonly names: Names;
  /** The Deployment that is to be taken over; undefined where nothing is. */
  readonly running: KubeObject | undefined;
}

/** Looks at one thing and answers with all that is to be said of it. Only reads; never throws for what it finds. */
export type Check = (situation: Situation) => Promise<readonly Finding[]>;

export function refuse(message: string, remedy: string): Finding {
  return { level: 'refuse', message, remedy };
}

export function warn(message: string, remedy: string): Finding {
  return { level: 'warn', message, remedy };
}

/** A finding as the evidence tells it; a server's answer may have several lines. */
export function inOneLine({ message, remedy }: Finding): string {
  return `${message}. ${remedy}`.replace(/\s*\n\s*/g, ' ');
}

/**
 * Asks all checks at once; they are told in their order. Throws one `Refused` that lists every refusal with its remedy;
 * answers the warnings. A check that gets no answer is the error only where nothing else stands against the release.
 */
export async function askAll(checks: readonly Check[], situation: Situation): Promise<readonly Finding[]> {
  const answers = await Promise.allSettled(checks.map((check) => check(situation)));
  const findings = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const found = findings.filter(({ level }) => level === 'refuse');
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed !== undefined && (found.length === 0 || !isUnanswered(failed.reason))) throw failed.reason;
  const refusals = failed === undefined ? found : [...found, unanswered(failed.reason)];
  const [first] = refusals;
  if (first === undefined) return findings;
  if (refusals.length === 1) throw new StreamGateError('Refused', first.message, { remedy: first.remedy });
  const lines = refusals.map((finding) => `  - ${inOneLine(finding)}`);
  throw new StreamGateError(
    'Refused',
    [`${refusals.length} things stand against releasing ${situation.names.app}:`, ...lines].join('\n'),
    { remedy: 'Nothing was touched. Mend all of them and run this again.' },
  );
}

function isUnanswered(thrown: unknown): thrown is StreamGateError {
  return thrown instanceof StreamGateError && ['Unreachable', 'Timeout', 'Denied'].includes(thrown.code);
}

function unanswered({ message, remedy = '' }: StreamGateError): Finding {
  return refuse(`Not everything could be looked at: ${message}`, remedy);
}
