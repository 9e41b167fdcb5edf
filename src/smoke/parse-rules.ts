import { type Json, messageOf, parseJsonPath, printable } from '../base/index.ts';
import type { HttpWants, StatusRange, TextRule } from './check.ts';
import type { FieldReader } from './field-reader.ts';

const success: readonly StatusRange[] = [{ from: 200, to: 299 }];

/** `200`, `2xx`, or a list of them. 2xx when nothing is said. */
export function parseStatus(read: FieldReader): readonly StatusRange[] {
  const value = read.value('status');
  if (value === undefined) return success;
  const ranges = (Array.isArray(value) ? value : [value]).map(statusRange);
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === 0 || known.length < ranges.length) {
    read.complain('status', 'is no HTTP status', 'Write 200, 2xx, or a list such as [200, 204].');
  }
  return known;
}

function statusRange(value: unknown): StatusRange | undefined {
  const text = String(value);
  if (/^[1-5]\d\d$/.test(text)) return { from: Number(text), to: Number(text) };
  const family = /^([1-5])xx$/i.exec(text)?.[1];
  return family === undefined ? undefined : { from: Number(family) * 100, to: Number(family) * 100 + 99 };
}

export function parseRegExp(read: FieldReader, field: string): RegExp | undefined {
  const text = read.text(field);
  return text === undefined ? undefined : compile(read, field, text, '');
}

/** `{ '$.status': up }`: the value at each path must be equal to the one written. */
export function parseJsonRules(read: FieldReader): HttpWants['values'] {
  return read.entries('jsonpath').flatMap(([text, value]) => {
    const path = parseJsonPath(text);
    if (path !== undefined) return [{ text: printable(text), path, value: value as Json }];
    const remedy = 'Use names and indices only, for example $.items[0].name.';
    read.complain(`jsonpath.${text}`, 'is no path that names one value', remedy);
    return [];
  });
}

/** `{ content-type: /json/, x-mode: live }`: equal to the text, or matching the expression between slashes. */
export function parseHeaderRules(read: FieldReader): HttpWants['headers'] {
  return read.entries('header').flatMap(([name, value]) => {
    const rule = headerRule(read, `header.${name}`, value);
    return rule === undefined ? [] : [{ name: printable(name).toLowerCase(), rule }];
  });
}

function headerRule(read: FieldReader, field: string, value: unknown): TextRule | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') {
    read.complain(field, 'is no text', 'Write the value of the header, or an expression between slashes.');
    return undefined;
  }
  const [, source, flags] = /^\/(.+)\/(i?)$/s.exec(value) ?? [];
  return source === undefined ? value : compile(read, field, source, flags ?? '');
}

function compile(read: FieldReader, field: string, source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    read.complain(field, 'is no regular expression', `${printable(messageOf(error))}.`);
    return undefined;
  }
}
