import type { FieldError } from '../api-error.ts';

export function required(field: string, why = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: why ? `Required value: ${why}` : 'Required value' };
}

export function wrong(field: string, value: unknown, why: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${show(value)}: ${why}` };
}

/** As definitions of custom kinds word it, for a value of another type. */
export function mistyped(field: string, value: unknown, type: string): FieldError {
  const found = show(typeof value);
  return {
    reason: 'FieldValueTypeInvalid',
    field,
    message: `Invalid value: ${found}: ${field} in body must be of type ${type}: ${found}`,
  };
}

export function forbidden(field: string, why: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` };
}

export function unsupported(field: string, value: unknown, allowed: readonly string[]): FieldError {
  const list = allowed.map((choice) => JSON.stringify(choice)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${show(value)}: supported values: ${list}`,
  };
}

export function missing(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${show(value)}` };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${show(value)}` };
}

export function tooLong(field: string, limit: number, unit: 'bytes' | 'characters' = 'bytes'): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${limit} ${unit}` };
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
