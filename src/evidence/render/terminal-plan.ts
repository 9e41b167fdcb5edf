import type { ObjectChange, Plan } from '../plan.ts';
import { formatCount } from './figures.ts';
import { manyLines, shorten } from './plain.ts';
import {
  actionLook,
  comparedWith,
  cpuOf,
  matchWord,
  memoryOf,
  planSentence,
  shownValue,
  totalOf,
} from './plan-words.ts';
import { type Paint, printableLine, terminalTable, wrapped } from './terminal-text.ts';

const tones = { create: 'good', change: 'doubtful', unchanged: 'quiet' } as const;
const maxFields = 20;

/** What would happen, for a terminal; nothing without a plan. */
export function planLines(plan: Plan | undefined, paint: Paint, width: number): readonly string[] {
  if (plan === undefined) return [];
  return [
    ...wrapped('  ', `${planSentence(plan)}:`, width),
    ...plan.objects.slice(0, 200).flatMap((object) => objectLines(object, paint, width)),
    ...capacityLines(plan, width),
    ...selectorLines(plan, width),
    ...plan.notes.slice(0, 20).flatMap((note) => wrapped('  not seen: ', note, width)),
    '',
    '  Permissions that it takes:',
    ...manyLines([plan.role.trimEnd()]).map((line) => `    ${blanks(line)}${printableLine(line, 1_000)}`),
  ];
}

function objectLines(change: ObjectChange, paint: Paint, width: number): string[] {
  const { object, action, fields } = change;
  const { glyph, word } = actionLook[action];
  const compared = comparedWith(change);
  const head = shorten(`${word.padEnd(9)} ${printableLine(object)}`, width - 4);
  const shown = fields
    .slice(0, maxFields)
    .flatMap(({ path, before, after }) =>
      wrapped(
        '      ',
        `${path}: ${shorten(shownValue(before), 200)} → ${shorten(shownValue(after), 200)}`,
        width,
      ),
    );
  const left = fields.length - maxFields;
  return [
    `  ${paint(tones[action], glyph)} ${head}`,
    ...(compared === '' ? [] : wrapped('      ', printableLine(compared), width)),
    ...shown,
    ...(left > 0 ? [`      … and ${formatCount(left)} more fields in the evidence file`] : []),
  ];
}

function capacityLines({ capacity }: Plan, width: number): readonly string[] {
  if (capacity.length === 0) return [];
  const row = (name: string, of: ReturnType<typeof totalOf>) => [
    name,
    formatCount(of.replicas),
    cpuOf(of.cpuMillis),
    memoryOf(of.memoryBytes),
  ];
  const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
  const total = capacity.length > 1 ? [row('both, while both run', totalOf(capacity))] : [];
  const head = ['pods of', 'replicas', 'CPU requested', 'memory requested'];
  return ['', ...terminalTable(head, [...rows, ...total], [1, 2, 3], width)];
}

function selectorLines({ selectors }: Plan, width: number): readonly string[] {
  if (selectors.length === 0) return [];
  const rows = selectors
    .slice(0, 100)
    .map((match) => [printableLine(match.object), printableLine(match.effect), matchWord(match)]);
  return ['', ...terminalTable(['who selects the pods', 'effect', 'with the candidate'], rows, [], width)];
}

/** The indent of a line, which cleaning takes away. */
function blanks(line: string): string {
  return ' '.repeat(/^ */.exec(line)?.[0].length ?? 0);
}
