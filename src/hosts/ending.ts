import { type ErrorCode, type StreamGateError, toStreamGateError } from '../base/index.ts';
import type { Command, Host, Result } from '../commands/index.ts';
import { type Contract, camelCase } from '../contract/index.ts';
import { type Evidence, type Outcome, plainText, type Verdict } from '../evidence/index.ts';

/** How a run ended, whichever way: what both hosts turn into outputs, annotations and an exit code. */
export interface Ending {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** One sentence; for a wrong configuration the whole account of it. */
  readonly reason: string;
  readonly remedy: string | undefined;
  /** Every declared output, by its own name, as text. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly evidence: Evidence | undefined;
  readonly text: string | undefined;
  readonly details: unknown;
  /** Set when the command threw instead of reporting. */
  readonly error: StreamGateError | undefined;
}

/** Runs the command and never throws. */
export async function runToEnd(command: Command, inputs: Parameters<Command['run']>[0], host: Host) {
  try {
    return endingOfResult(command.contract, await command.run(inputs, host));
  } catch (thrown) {
    return endingOfError(command.contract, thrown);
  }
}

export function endingOfResult(contract: Contract, result: Result): Ending {
  const { verdict, outcome, reason, remedy, evidence, text, details } = result;
  const values: Readonly<Record<string, unknown>> = result.outputs;
  const outputs = mapOutputs(contract, (name) => values[camelCase(name)]);
  return { verdict, outcome, reason, remedy, outputs, evidence, text, details, error: undefined };
}

/** Outputs that say how it ended are set even now; the others are empty, which no comparison takes for a result. */
export function endingOfError(contract: Contract, thrown: unknown): Ending {
  const error = toStreamGateError(thrown);
  const { verdict, outcome } = meaningOf(error.code);
  const known: Readonly<Record<string, string>> = { verdict, outcome, reason: firstLine(error.message) };
  return {
    verdict,
    outcome,
    reason: error.message,
    remedy: error.remedy,
    outputs: mapOutputs(contract, (name) => known[name]),
    evidence: undefined,
    text: undefined,
    details: undefined,
    error,
  };
}

function mapOutputs(contract: Contract, read: (name: string) => unknown): Readonly<Record<string, string>> {
  const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
  return Object.fromEntries(Object.keys(contract.outputs).map((name) => [name, text(read(name))]));
}

function meaningOf(code: ErrorCode): { readonly verdict: Verdict; readonly outcome: Outcome } {
  switch (code) {
    case 'Usage':
    case 'Refused':
    case 'NotFound':
    case 'Denied':
      // Nothing was begun, so nothing failed: as every release says it of itself.
      return { verdict: 'invalid', outcome: 'Refused' };
    case 'Superseded':
      return { verdict: 'inconclusive', outcome: 'Superseded' };
    case 'Unreachable':
    case 'Timeout':
    case 'Cancelled':
      return { verdict: 'inconclusive', outcome: 'Inconclusive' };
    case 'Conflict':
      return { verdict: 'inconclusive', outcome: 'Refused' };
    case 'Failed':
    case 'Internal':
      return { verdict: 'fail', outcome: 'Aborted' };
  }
}

/** Reason, last evidence and remedy, in the order in which a person needs them, and nothing that a terminal would obey. */
export function explain(ending: Ending): string {
  const evidence = ending.error?.evidence ?? [];
  const parts = [ending.reason, evidence.map((line) => `  ${line}`).join('\n'), ending.remedy ?? ''];
  return plainText(parts.filter((part) => part !== '').join('\n\n'));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
