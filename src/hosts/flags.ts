import { shellWord } from '../base/index.ts';
import { type Contract, type Problem, type Spelling, suggest } from '../contract/index.ts';

/** What the host itself understands, for every command. */
const hostFlags = ['help', 'json', 'verbose'] as const;
export type HostFlag = (typeof hostFlags)[number];

/** What hands that know kubectl type by themselves. */
export const shorthands: Readonly<Record<string, string>> = { n: 'namespace', f: 'manifests' };

export interface ParsedFlags {
  readonly given: Readonly<Record<string, string>>;
  readonly host: ReadonlySet<HostFlag>;
  readonly problems: readonly Problem[];
}

/** How the command line writes inputs. */
export const flagSpelling: Spelling = {
  name: (input) => `--${input}`,
  assignment: (input, value) => `--${input} ${shellWord(value)}`,
};

/** Reads `--flag value`, `--flag=value`, `--flag`/`--no-flag` of booleans, `--` and the positional input. */
export function parseFlags(contract: Contract, argv: readonly string[]): ParsedFlags {
  const given: Record<string, string> = {};
  const host = new Set<HostFlag>();
  const problems: Problem[] = [];
  const give = (input: string, value: string) => {
    const earlier = given[input];
    const kind = contract.inputs[input]?.kind;
    if (earlier === undefined) given[input] = value;
    else if (kind === 'list' || kind === 'files') given[input] = `${earlier}\n${value}`;
    else problems.push({ input, problem: 'is given twice', given: `${earlier} and ${value}` });
  };
  const givePositional = (value: string) => {
    const { positional } = contract;
    if (positional !== undefined && given[positional] === undefined) give(positional, value);
    else problems.push({ input: value, problem: `is one word too many`, unknown: true, word: true });
  };

  let at = 0;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    if (word === '-h') host.add('help');
    else if (word === '-' || !word.startsWith('-')) givePositional(word);
    else at += readFlag(word, argv[at + 1]);
  }
  for (const word of argv.slice(at + 1)) givePositional(word);
  return { given, host, problems };

  /** Takes the flag, and says how many further words it took. */
  function readFlag(word: string, next: string | undefined): number {
    const [, written = '', equals] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const name = nameOf(word, written);
    const hostFlag = hostFlags.find((flag) => flag === name);
    const negated = name.startsWith('no-') ? name.slice('no-'.length) : '';
    if (hostFlag !== undefined && equals === undefined) host.add(hostFlag);
    else if (isBoolean(negated) && equals === undefined) give(negated, 'false');
    else if (!Object.hasOwn(contract.inputs, name)) return reportUnknown(name, equals, next);
    else if (equals !== undefined || isBoolean(name)) give(name, equals ?? 'true');
    else if (next === undefined || isFlag(next)) problems.push({ input: name, problem: 'has no value' });
    else {
      give(name, next);
      return 1;
    }
    return 0;
  }

  function nameOf(word: string, written: string): string {
    const long = word.startsWith('--') ? undefined : shorthands[written];
    return long !== undefined && Object.hasOwn(contract.inputs, long) ? long : written;
  }

  function isBoolean(name: string): boolean {
    return Object.hasOwn(contract.inputs, name) && contract.inputs[name]?.kind === 'boolean';
  }

  function reportUnknown(name: string, equals: string | undefined, next: string | undefined): number {
    const meant = suggest(name, [...Object.keys(contract.inputs), ...hostFlags]);
    problems.push({ input: name, problem: `is no option of ${contract.name}`, meant, unknown: true });
    // Its value belongs to it, and would otherwise be reported as a word too many.
    const takesValue = meant !== undefined && contract.inputs[meant]?.kind !== 'boolean' && meant !== 'json';
    return takesValue && equals === undefined && next !== undefined && !isFlag(next) ? 1 : 0;
  }
}

function isFlag(word: string): boolean {
  return word.startsWith('--') || /^-[A-Za-z]/.test(word);
}
