import { manyLines, oneLine } from './plain.ts';

/**
 * What begins a construct of GFM inside of a line, of HTML or of GitHub's maths. What counts at the start of a line
 * only (`-`, `+`, `=`, `1.`) stays: data never stands there.
 */
const markup = /[\\`*_[\]<>#!|~&$]/g;
const zeroWidthSpace = '\u200B';

/**
 * Prose from outside for any place inside a line but its start, table cells too: nothing in it is markup.
 * GitHub finds addresses, mentions and issue numbers in finished text, past every escape, so these get an
 * invisible break.
 */
export function text(value: string, limit?: number): string {
  return oneLine(value, limit)
    .replace(/:\/\/|www\.|@|#(?=\d)/gi, (found) => `${found[0]}${zeroWidthSpace}${found.slice(1)}`)
    .replace(markup, escapeCharacter);
}

function escapeCharacter(character: string): string {
  // A dollar sign opens maths even behind a backslash; an entity never does.
  return character === '$' ? '&#36;' : character === '&' ? '&amp;' : `\\${character}`;
}

/**
 * Something to copy, as a code span: neither mentions nor links are found inside.
 * With a pipe it becomes prose, because a cell ends at a pipe even inside of a code span.
 */
export function code(value: string, limit?: number): string {
  const line = oneLine(value, limit);
  if (line === '') return '';
  if (line.includes('|')) return text(value, limit);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines as a fenced block whose fence is longer than any inside. */
export function fenced(values: readonly string[], language = 'text', maxLines?: number): string {
  const lines = manyLines(values, maxLines);
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function longestRun(line: string): number {
  return Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
}

export type Alignment = 'left' | 'right';

/** A table of cells that are escaped already. `columns` name and align them. */
export function table(
  columns: readonly (readonly [string, Alignment?])[],
  rows: readonly (readonly string[])[],
): string {
  const head = columns.map(([name]) => name);
  const rule = columns.map(([, alignment]) => (alignment === 'right' ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A folded block. The summary is ours alone: it stands inside of HTML, where Markdown's escapes do not work. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
