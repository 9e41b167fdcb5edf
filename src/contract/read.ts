import { type Json, messageOf, parseDuration, parseQuantity } from '../base/index.ts';
import type { AnyKind, ItemKind, SecretSource, StringKind, YamlKind } from './kinds.ts';
import { suggest } from './suggest.ts';

/** A value, or what is wrong with the text and (when it can be guessed) what was meant. */
export type Reading<T = unknown> =
  | { readonly value: T }
  | { readonly problem: string; readonly meant?: string | undefined };

/** What reading needs of the world outside. */
export interface ReadingAids {
  /** Parses YAML; throws for what is none. */
  readonly yaml: (text: string) => Json;
  /** Whether a file, directory or glob names anything. Not asked for `-`. Absent: nobody can tell, so it is not checked. */
  readonly exists?: ((pattern: string) => boolean) | undefined;
}

/** Reads one text (not empty, trimmed) as its kind says. */
export function readText(kind: AnyKind, text: string, aids: ReadingAids): Reading {
  switch (kind.kind) {
    case 'boolean':
      return readBoolean(text);
    case 'list':
      return readList(kind.item, text, kind.maxItems);
    case 'yaml':
      return readYaml(kind, text, aids.yaml);
    case 'files':
      return readFiles(text, aids.exists);
    case 'secret':
      return kind.orFile === true ? readSecretOrFile(text, aids.exists) : { value: text };
    default:
      return readItem(kind, text);
  }
}

function readItem(kind: ItemKind, text: string): Reading {
  switch (kind.kind) {
    case 'string':
      return readString(kind, text);
    case 'integer':
    case 'weight': {
      const digits = kind.kind === 'weight' ? text.replace(/\s*%$/, '') : text;
      if (!/^[+-]?\d+$/.test(digits)) return { problem: 'is not a whole number' };
      const limits = kind.kind === 'weight' ? { min: kind.min ?? 0, max: kind.max ?? 100 } : kind;
      return within(Number(digits), limits.min, limits.max);
    }
    case 'number':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text)
        ? within(Number(text), kind.min, kind.max)
        : { problem: 'is not a number' };
    case 'duration': {
      const ms = parseDuration(text.toLowerCase().replaceAll(' ', ''));
      if (ms !== undefined) return within(ms, limit(kind.min, parseDuration), limit(kind.max, parseDuration));
      return /^\d+(\.\d+)?$/.test(text)
        ? { problem: 'has no unit', meant: `${text}s` }
        : { problem: 'is not a duration' };
    }
    case 'quantity': {
      const amount = parseQuantity(text);
      if (amount === undefined) return { problem: 'is not a quantity' };
      return within(amount, limit(kind.min, parseQuantity), limit(kind.max, parseQuantity));
    }
    case 'enum': {
      if (kind.values.includes(text)) return { value: text };
      return { problem: 'is none of the choices', meant: suggest(text, kind.values) };
    }
  }
}

function readString(kind: StringKind, text: string): Reading<string> {
  if (kind.maxLength !== undefined && text.length > kind.maxLength) {
    return { problem: `has ${text.length} characters, at most ${kind.maxLength} are allowed` };
  }
  const matches = kind.pattern === undefined || kind.pattern.exec(text)?.[0] === text;
  const problem = matches ? kind.flawOf?.(text) : 'does not have the right form';
  return problem === undefined ? { value: text } : { problem };
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
const nearBooleans: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['on', 'true'],
  ['1', 'true'],
  ['no', 'false'],
  ['off', 'false'],
  ['0', 'false'],
]);

function readBoolean(text: string): Reading<boolean> {
  const value = booleans.get(text.toLowerCase());
  return value === undefined
    ? { problem: 'is neither true nor false', meant: nearBooleans.get(text.toLowerCase()) }
    : { value };
}

function readList(item: ItemKind, text: string, maxItems: number | undefined): Reading<readonly unknown[]> {
  const values: unknown[] = [];
  const items = splitItems(text);
  for (const [index, part] of items.entries()) {
    const reading = readItem(item, part);
    if (!('value' in reading))
      return { ...reading, problem: `item ${index + 1}, “${part}”, ${reading.problem}` };
    values.push(reading.value);
  }
  if (maxItems !== undefined && values.length > maxItems) {
    return { problem: `has ${values.length} items, at most ${maxItems} are allowed` };
  }
  return { value: values };
}

/** Parts between commas or line breaks, without empty ones. A comma inside `{…}` belongs to a glob. */
function splitItems(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth++;
    if (character === '}') depth = Math.max(0, depth - 1);
    if (character === '\n' || (character === ',' && depth === 0)) {
      parts.push(part);
      part = '';
      depth = 0;
    } else part += character;
  }
  return [...parts, part].map((item) => item.trim()).filter((item) => item !== '');
}

function readYaml(kind: YamlKind, text: string, parseYaml: ReadingAids['yaml']): Reading {
  let value: Json;
  try {
    value = parseYaml(text);
  } catch (cause) {
    return { problem: `is not YAML: ${messageOf(cause).split(/:?\n/)[0]}` };
  }
  if (kind.schema === undefined) return { value };
  const complaints: string[] = [];
  const result = kind.schema(value, (path, problem) => complaints.push(`${path} ${problem}`.trim()));
  return complaints.length === 0 ? { value: result } : { problem: complaints.join('; ') };
}

function readFiles(text: string, exists: ReadingAids['exists']): Reading<readonly string[]> {
  const patterns = splitItems(text);
  const empty = patterns.filter((pattern) => pattern !== '-' && exists !== undefined && !exists(pattern));
  if (empty.length === 0) return { value: patterns };
  return { problem: `${empty.map((pattern) => `“${pattern}”`).join(', ')} names no file in the workspace` };
}

/** Content has several lines or is JSON; everything else can only be a path. The text is never quoted. */
function readSecretOrFile(text: string, exists: ReadingAids['exists']): Reading<SecretSource> {
  if (!isPath(text)) return { value: { content: text } };
  if (exists === undefined || exists(text)) return { value: { file: text } };
  return { problem: 'is neither an existing file nor the content of one (base64 must be decoded first)' };
}

/** Whether a `secret` that may be a file is the path of one, and hence no secret itself. */
export function isPath(text: string): boolean {
  return !text.includes('\n') && !text.trimStart().startsWith('{') && text.length < 4_096;
}

function limit(text: string | undefined, parse: (text: string) => number | undefined): number | undefined {
  return text === undefined ? undefined : parse(text);
}

function within(value: number, min: number | undefined, max: number | undefined): Reading<number> {
  if (!Number.isFinite(value)) return { problem: 'is too large' };
  if (min !== undefined && value < min) return { problem: 'is too small' };
  if (max !== undefined && value > max) return { problem: 'is too large' };
  return { value };
}
