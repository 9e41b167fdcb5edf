import { formatDuration } from '../../base/index.ts';
import type { ChangeAction, FieldChange, ObjectChange, Plan, SelectorMatch, SlotCapacity } from '../plan.ts';
import { countOf, formatCount } from './figures.ts';

export const actionLook: Readonly<Record<ChangeAction, { glyph: string; word: string }>> = {
  create: { glyph: '+', word: 'create' },
  change: { glyph: '~', word: 'change' },
  unchanged: { glyph: '=', word: 'unchanged' },
};

/** `1 object to create, 2 to change, 3 as they are; about 40 s`. */
export function planSentence(plan: Plan): string {
  const count = (action: ChangeAction) => plan.objects.filter((object) => object.action === action).length;
  const known = plan.basis === 'history' ? 'by earlier releases' : 'by estimate';
  return (
    `${countOf(count('create'), 'object')} to create, ${formatCount(count('change'))} to change, ` +
    `${formatCount(count('unchanged'))} as they are; about ${formatDuration(plan.durationMs)} in all, ${known}`
  );
}

/**
 * What the fields of a change are the difference to. An object of the other slot may stay as it is, and yet differ from
 * the live one: its pods are those that would take the traffic.
 */
export function comparedWith({ action, against, fields }: ObjectChange): string {
  if (against === null) return '';
  if (fields.length === 0) return `the same as ${against}`;
  return action === 'unchanged' ? `stays as it is; differs from ${against}` : `compared with ${against}`;
}

export function shownValue(value: FieldChange['before']): string {
  return value ?? '(none)';
}

/** `750 m`, `2 cores`: thousandths only where they are needed. */
export function cpuOf(millis: SlotCapacity['cpuMillis']): string {
  if (millis === null) return 'not said';
  return millis % 1_000 === 0 ? `${formatCount(millis / 1_000)} cores` : `${formatCount(millis)} m`;
}

export function memoryOf(bytes: SlotCapacity['memoryBytes']): string {
  if (bytes === null) return 'not said';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit] ?? ''}`;
}

/** All slots together; a figure that one of them does not say is not known of the sum either. */
export function totalOf(capacity: readonly SlotCapacity[]): Omit<SlotCapacity, 'role' | 'slot'> {
  const sum = (values: readonly (number | null)[]) =>
    values.some((value) => value === null)
      ? null
      : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    replicas: capacity.reduce((total, { replicas }) => total + replicas, 0),
    cpuMillis: sum(capacity.map(({ cpuMillis }) => cpuMillis)),
    memoryBytes: sum(capacity.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** What becomes of a match when the candidate comes. */
export function matchWord({ stable, candidate }: SelectorMatch): string {
  if (stable === null) return candidate ? 'would find them' : 'would not find them';
  if (stable && candidate) return 'finds both versions';
  return candidate ? 'would begin to match' : 'would stop matching';
}
