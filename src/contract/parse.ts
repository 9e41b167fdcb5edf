import { holdsItself, type Json } from '../base/index.ts';
import { type Contract, camelCase, type Inputs } from './define.ts';
import { literalDefault } from './describe.ts';
import type { InputSpec } from './kinds.ts';
import { type Problem, type Spelling, usageError, yamlSpelling } from './problems.ts';
import { isPath, type ReadingAids, readText } from './read.ts';
import { brokenRules, type Facts } from './rules.ts';
import { suggest } from './suggest.ts';

export interface ParseOptions {
  readonly spelling?: Spelling;
  /** Whether a path, directory or glob names anything; absent: not checked. */
  readonly exists?: ReadingAids['exists'];
}

/** A name that the contract does not declare, and the declared one that was probably meant. */
export interface UnknownInput {
  readonly name: string;
  readonly meant: string | undefined;
}

export interface Parsed<C extends Contract> {
  /** Frozen; undefined as soon as there is a problem. */
  readonly inputs: Inputs<C> | undefined;
  /** Everything that is wrong, in the order of the contract. */
  readonly problems: readonly Problem[];
  /** Not among the problems: the host decides whether it is one. */
  readonly unknown: readonly UnknownInput[];
}

/** Texts by name of the input; an empty one means not given. */
export type GivenInputs = Readonly<Record<string, string | undefined>>;

/** Reads all inputs, and reports all that is wrong instead of the first. */
export async function readInputs<C extends Contract>(
  contract: C,
  given: GivenInputs,
  options: ParseOptions = {},
): Promise<Parsed<C>> {
  const { spelling = yamlSpelling } = options;
  const facts = createFacts(contract, given);
  const aids: ReadingAids = { yaml: await loadYaml(contract, facts), exists: options.exists };
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};

  for (const [name, spec] of Object.entries(contract.inputs)) {
    const text = facts.text(name);
    if (text === undefined) {
      if (spec.required === true) problems.push({ input: name, problem: 'is missing' });
      values[camelCase(name)] = undefined;
      continue;
    }
    const reading = readText(spec, text, aids);
    if ('value' in reading) values[camelCase(name)] = reading.value;
    else problems.push({ input: name, ...reading, given: spec.kind === 'secret' ? undefined : text });
  }

  const wrong = new Set(problems.map(({ input }) => input));
  for (const { inputs, message } of brokenRules(contract.rules, facts, spelling.name)) {
    // An input that is already reported would only be reported twice.
    const input = inputs.find((name) => !wrong.has(name));
    if (input !== undefined) problems.push({ input, problem: message });
  }

  return {
    // The kinds were checked above, one by one: this is where text becomes the inferred type.
    inputs: problems.length === 0 ? (Object.freeze(values) as Inputs<C>) : undefined,
    problems,
    unknown: unknownInputs(contract, given),
  };
}

/** Like `readInputs`, for a caller that has nothing to add: throws the one `Usage` error. */
export async function parseInputs<C extends Contract>(
  contract: C,
  given: GivenInputs,
  options: ParseOptions = {},
): Promise<{ readonly inputs: Inputs<C>; readonly unknown: readonly UnknownInput[] }> {
  const { inputs, problems, unknown } = await readInputs(contract, given, options);
  if (inputs === undefined) throw usageError(contract, problems, options.spelling);
  return { inputs, unknown };
}

/**
 * The texts that must never be printed, for a host to mask before it does anything else. `exists` tells whether a path names
 * a file: only then it is no secret.
 */
export function secretsOf(
  contract: Contract,
  given: GivenInputs,
  exists: (path: string) => boolean,
): readonly string[] {
  return Object.entries(contract.inputs).flatMap(([name, spec]) => {
    const text = given[name]?.trim() ?? '';
    return spec.kind === 'secret' && text !== '' ? maskable(spec, text, exists) : [];
  });
}

/** A shorter word may stand anywhere: a mask of it would black out what has nothing to do with it. */
const shortestMasked = 16;

/**
 * A document is masked by its long words, for a mask of each of its lines would black out `kind: Config` everywhere,
 * and with it every output that happens to contain it. Addresses stay readable. What should be a path and leads to no file
 * may be a document in base64.
 */
function maskable(
  spec: InputSpec & { kind: 'secret' },
  text: string,
  exists: (path: string) => boolean,
): readonly string[] {
  if (spec.orFile === true && isPath(text)) return text.length < shortestMasked || exists(text) ? [] : [text];
  if (!text.includes('\n') && !text.startsWith('{')) return [text];
  const words = text
    .split(/[\s"',{}[\]]+/)
    .filter((word) => word.length >= shortestMasked && !word.includes('://'));
  return [...new Set(words)];
}

function createFacts(contract: Contract, given: GivenInputs): Facts {
  const textGiven = (name: string): string | undefined => given[name]?.trim() || undefined;
  return {
    given: (name) => textGiven(name) !== undefined,
    text(name) {
      const spec = contract.inputs[name];
      return textGiven(name) ?? (spec === undefined ? undefined : literalDefault(spec));
    },
  };
}

/** The YAML reader is loaded only when there is YAML to read: most runs start without it. */
async function loadYaml(contract: Contract, facts: Facts): Promise<ReadingAids['yaml']> {
  const wanted = Object.entries(contract.inputs).some(
    ([name, spec]) => spec.kind === 'yaml' && facts.text(name) !== undefined,
  );
  if (!wanted) return () => null;
  const { parse } = await import('yaml');
  return (text): Json => {
    const value: Json = parse(text, { maxAliasCount: 100 });
    if (holdsItself(value)) throw new Error('an alias (`*name`) stands inside of what it names');
    return value;
  };
}

function unknownInputs(contract: Contract, given: GivenInputs): readonly UnknownInput[] {
  const declared = Object.keys(contract.inputs);
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(contract.inputs, name))
    .map((name) => ({ name, meant: suggest(name, declared) }));
}
