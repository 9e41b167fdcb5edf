import { formatDuration } from '../../base/index.ts';
import type { ObjectChange, Plan } from '../plan.ts';
import { countOf, formatCount } from './figures.ts';
import { code, fenced, folded, table, text } from './markdown-escape.ts';
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

const maxRows = 200;
const maxFields = 30;

/** What would happen, as the job summary tells it; nothing without a plan. */
export function planSection(plan: Plan | undefined): string | undefined {
  if (plan === undefined) return undefined;
  const parts = [
    '### What would change',
    text(`${planSentence(plan)}.`),
    objectsTable(plan.objects),
    ...plan.objects.slice(0, maxRows).map(fieldsOf),
    capacitySection(plan),
    selectorsSection(plan),
    notesSection(plan.notes),
    folded('Permissions that it takes, as a Role', fenced([plan.role], 'yaml')),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function objectsTable(objects: readonly ObjectChange[]): string {
  if (objects.length === 0) return '';
  const rows = objects.slice(0, maxRows).map((change) => {
    const { object, action, fields } = change;
    const { glyph, word } = actionLook[action];
    const differing = fields.length > 0 ? countOf(fields.length, 'field') : '';
    return [code(object), `${glyph} ${word}`, differing, text(comparedWith(change))];
  });
  return table([['Object'], ['Would be'], ['Differs in'], ['Against']], rows);
}

function fieldsOf({ object, fields }: ObjectChange): string {
  if (fields.length === 0) return '';
  const rows = fields
    .slice(0, maxFields)
    .map(({ path, before, after }) => [
      code(path, 300),
      code(shownValue(before), 300),
      code(shownValue(after), 300),
    ]);
  const list = table([['Field'], ['Before'], ['After']], rows);
  const left = fields.length - rows.length;
  const more = left > 0 ? [`… and ${formatCount(left)} more in the evidence file.`] : [];
  const body = [`Of ${code(object)}:`, list, ...more].join('\n\n');
  return fields.length > 12 ? folded(countOf(fields.length, 'changed field'), body) : body;
}

function capacitySection({ capacity }: Plan): string {
  if (capacity.length === 0) return '';
  const row = (name: string, of: ReturnType<typeof totalOf>) => [
    name,
    formatCount(of.replicas),
    text(cpuOf(of.cpuMillis)),
    text(memoryOf(of.memoryBytes)),
  ];
  const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
  const total = capacity.length > 1 ? [row('**both, while both run**', totalOf(capacity))] : [];
  const columns = [
    ['Pods of'],
    ['Replicas', 'right'],
    ['CPU requested', 'right'],
    ['Memory', 'right'],
  ] as const;
  return ['### Capacity', table(columns, [...rows, ...total])].join('\n\n');
}

function selectorsSection({ selectors }: Plan): string {
  if (selectors.length === 0) return '';
  const rows = selectors
    .slice(0, maxRows)
    .map((match) => [code(match.object), text(match.effect), matchWord(match)]);
  return ['### Who selects the pods', table([['Object'], ['Effect'], ['With the candidate']], rows)].join(
    '\n\n',
  );
}

function notesSection(notes: readonly string[]): string {
  if (notes.length === 0) return '';
  const lines = notes.slice(0, maxRows).map((note) => `- Not seen: ${text(note)}`);
  return lines.join('\n');
}

/** `about 5 s`: what a planned step is expected to take. */
export function expected(durationMs: number): string {
  return durationMs > 0 ? `about ${formatDuration(durationMs)}` : '';
}
