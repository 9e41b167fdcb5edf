import type { Dice } from './dice.ts';

export type TextMutation = (text: string, dice: Dice) => string;

function atLine(change: (line: string) => string): TextMutation {
  return (text, dice) => {
    const lines = text.split('\n');
    const index = dice.below(lines.length);
    return lines.map((line, at) => (at === index ? change(line) : line)).join('\n');
  };
}

/** Nine levels of nine aliases each: 387 million items, were they counted. */
const bomb = ['a0: &a0 x', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(level)].join('\n');
function level(n: number): string {
  return `a${n}: &a${n} [${Array.from({ length: 9 }, () => `*a${n - 1}`).join(', ')}]`;
}

/** How a text goes wrong on its way: line ends, tabs, cut off, typed over. */
export const textual: readonly [TextMutation, ...TextMutation[]] = [
  atLine((line) => line.replace(/^ +/, '\t')),
  atLine((line) => ` ${line}`),
  atLine((line) => `${line}\n${line}`),
  atLine(() => ''),
  atLine((line) => line.replace(':', '')),
  atLine((line) => `${line} &x *x`),
  atLine((line) => `${line}\n---`),
  atLine((line) => `${line} {{ .Values.x }}`),
  (text, dice) => text.slice(0, dice.below(text.length)),
  (text, dice) => {
    const place = dice.below(text.length);
    const odd = dice.pick([
      '\u0000',
      '"',
      "'",
      '[',
      '}',
      '!!binary x',
      '%',
      '@',
      '|',
      '\u2028',
      '🙂',
      '<<: *no',
    ]);
    return text.slice(0, place) + odd + text.slice(place);
  },
  (text) => `${text}\n---\n${bomb}\n`,
  (text) => `${text}\n---\nx: ${'['.repeat(1_000)}\n`,
  (text) => `${text}\n---\n!!js/function "x"\n`,
];

export const harmlessToText: readonly [TextMutation, ...TextMutation[]] = [
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
  (text) => `# comment\n---\n---\n${text}\n---\n`,
  (text) => `${text}\n...\n`,
];
