import { oneLine, shorten } from './plain.ts';

export type Tone = 'good' | 'bad' | 'doubtful' | 'quiet' | 'strong';
export type Paint = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, number>> = { good: 32, bad: 31, doubtful: 33, quiet: 2, strong: 1 };
const escapeCharacter = String.fromCharCode(27);

/** Wraps text in ANSI codes, or leaves it alone. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => `${escapeCharacter}[${codes[tone]}m${text}${escapeCharacter}[0m`;
}

/**
 * One line that a terminal and a runner show as text. A GitHub runner reads `::name::` at the start of a line,
 * after any blanks, and `##[name]` anywhere as commands; a pod's log must not be able to give one.
 */
export function printableLine(value: string, limit?: number): string {
  return oneLine(value, limit).replace(/^::/, ': :').replaceAll('##[', '## [');
}

/** The text behind a prefix, broken at blanks to the width, with the prefix's width as indent. */
export function wrapped(prefix: string, value: string, width: number): readonly string[] {
  const room = Math.max(20, width - prefix.length);
  const lines: string[] = [];
  let line = '';
  for (const word of printableLine(value, 2_000).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const indent = ' '.repeat(prefix.length);
  return lines.map((text, index) => (index === 0 ? prefix + text : indent + text.replace(/^::/, ': :')));
}

/** Columns two blanks apart, numbers to the right; a line that is too wide is cut. */
export function terminalTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: readonly number[],
  width: number,
): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all.map((cells) => {
    const padded = cells.map((cell, column) =>
      rightAligned.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    return shorten(`  ${padded.join('  ')}`.trimEnd(), width);
  });
}
