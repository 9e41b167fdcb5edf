import { StreamGateError } from '../base/index.ts';
import type { Contract } from './define.ts';
import { describeKind, literalDefault } from './describe.ts';
import type { InputSpec } from './kinds.ts';

/** One thing that is wrong with what was given. */
export interface Problem {
  /** Name of the input, as the contract has it. */
  readonly input: string;
  /** Completes a sentence that begins with the name: `is missing`, `is not a whole number`. */
  readonly problem: string;
  /** What was given; undefined for a secret, and when nothing was. */
  readonly given?: string | undefined;
  readonly meant?: string | undefined;
  /** Undeclared: there is nothing to say about what is allowed. */
  readonly unknown?: boolean;
  /** It is a word that stands alone and no input, so it is told as it was written. */
  readonly word?: boolean;
}

/** How a host writes inputs. */
export interface Spelling {
  /** `probe-rate`, or `--probe-rate` on the command line. */
  name(input: string): string;
  /** A whole assignment: `probe-rate: 20`, or `--probe-rate 20`. */
  assignment(input: string, value: string): string;
}

export const yamlSpelling: Spelling = {
  name: (input) => input,
  assignment: (input, value) => `${input}: ${yamlScalar(value)}`,
};

/** The one error about a wrong configuration, whatever the number of problems. */
export function usageError(
  contract: Contract,
  problems: readonly Problem[],
  spelling: Spelling = yamlSpelling,
): StreamGateError {
  const blocks = problems.map((problem) => writeProblem(contract.inputs[problem.input], problem, spelling));
  const count = problems.length === 1 ? 'one input needs' : `${problems.length} inputs need`;
  return new StreamGateError(
    'Usage',
    [`${contract.name} did not start: ${count} your attention.`, ...blocks].join('\n\n'),
    { remedy: 'Correct this and run it again; nothing was touched.' },
  );
}

function writeProblem(spec: InputSpec | undefined, problem: Problem, spelling: Spelling): string {
  const { input, given, meant } = problem;
  const lines = [`  ✗ ${problem.word === true ? input : spelling.name(input)} ${problem.problem}`];
  const add = (label: string, text: string) => lines.push(`      ${label.padEnd(8)}${text}`);
  if (given !== undefined) add('given', quoteGiven(given));
  if (meant !== undefined)
    add('perhaps', problem.unknown ? spelling.name(meant) : spelling.assignment(input, meant));
  if (spec === undefined || problem.unknown === true) return lines.join('\n');
  add('wanted', plainWanted(spec));
  const example = spec.example ?? literalDefault(spec);
  if (example !== undefined && meant === undefined) add('example', exampleOf(input, example, spelling));
  return lines.join('\n');
}

function plainWanted(spec: InputSpec): string {
  const unit = spec.unit === undefined ? '' : ` ${spec.unit}`;
  const fallback = literalDefault(spec);
  const otherwise = fallback === undefined ? '' : `; ${fallback}${unit} when not given`;
  return `${describeKind(spec).replaceAll('`', '')}${unit}${otherwise}`;
}

/** A long example keeps its lines, under the name. */
function exampleOf(input: string, example: string, spelling: Spelling): string {
  return spelling.assignment(input, example).replaceAll('\n', `\n${' '.repeat(14)}`);
}

function quoteGiven(given: string): string {
  const line = given
    // What stands before the host of an address may be a password.
    .replace(/:\/\/.*@/gs, '://…@')
    .replace(/\s*\n\s*/g, ' ⏎ ')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** A value as it stands behind `name:` in a workflow; several lines become a block. */
export function yamlScalar(value: string): string {
  if (value.includes('\n')) return `|\n${value.replace(/^/gm, '  ')}`;
  const plain = /^[\w./][\w./ :%@=-]*$/.test(value) && !/: |:$|^\d+\.\d+$/.test(value);
  return plain ? value : `'${value.replaceAll("'", "''")}'`;
}
