import type { Evidence } from '../evidence.ts';

/** What pods, headers and people wrote, made harmless for any view: it may try to hide, reorder or forge text. */

const escapeCharacter = String.fromCharCode(27);
const terminalSequence = new RegExp(
  `${escapeCharacter}(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\u0007]*\\u0007?)`,
  'g',
);
/** They reorder what follows, so that a reader sees another text than a machine (CVE-2021-42574). */
const bidirectional = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const unprintable = /[\p{Cc}\p{Cs}]/gu;

/** One line of at most `limit` characters; line breaks and tabs become spaces, other controls `�`. */
export function oneLine(value: string, limit = 500): string {
  const flat = value
    .slice(0, limit * 8)
    .split(lineBreak)
    .join(' ');
  return shorten(clean(flat).trim(), limit);
}

/** A text of any number of lines, as it is but for what a terminal would obey. */
export function plainText(value: string): string {
  return value.split(lineBreak).map(clean).join('\n');
}

/** The lines of several texts, each cleaned; at most `maxLines`, then one line that says how many are left out. */
export function manyLines(values: readonly string[], maxLines = 200, limit = 1_000): readonly string[] {
  const all = values.flatMap((value) => value.split(lineBreak));
  const shown = all
    .slice(0, maxLines)
    .map((line) => shorten(clean(line.slice(0, limit * 8)).trimEnd(), limit));
  const left = all.length - shown.length;
  return left === 0 ? shown : [...shown, `… ${left} more lines are in the evidence file`];
}

/**
 * A message that lists what it found, as `first line` and one `  - …` each: its first line, and the list. Any other text
 * is one line and no list, so that nothing from outside makes one.
 */
export function listed(value: string): readonly [string, readonly string[]] {
  const [first = '', ...rest] = value.split('\n');
  if (!rest.every((line) => line.startsWith('  - '))) return [value, []];
  return [first, rest.map((line) => oneLine(line.slice('  - '.length), 2_000))];
}

/** A sentence for a page: names in backticks, which mean something in Markdown only, stand in quotation marks. */
export function prose(value: string): string {
  return value.replace(/`([^`\n]+)`/g, '“$1”');
}

/** The reason in one line; a list of reasons stands once, with what went wrong. */
export function headOf({ reason, failure }: Pick<Evidence, 'reason' | 'failure'>): string {
  return failure === null ? reason : listed(reason)[0].replace(/:$/, '');
}

/** Cuts between characters, never inside a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = [...text.slice(0, limit * 2)];
  if (characters.length <= limit) return text;
  return `${characters
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`;
}

function clean(line: string): string {
  return line
    .replace(terminalSequence, '')
    .replaceAll('\t', ' ')
    .replace(bidirectional, '')
    .replace(unprintable, '\uFFFD');
}
