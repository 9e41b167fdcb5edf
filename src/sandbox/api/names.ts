import type { FieldError } from '../api-error.ts';
import { required, wrong } from './field-errors.ts';

export const label1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
export const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

export const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
export const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
export const serviceRule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

export function nameErrors(
  field: string,
  name: unknown,
  pattern: RegExp,
  rule: string,
  limit: number,
): FieldError[] {
  if (typeof name !== 'string' || name === '') return [required(field)];
  if (name.length > limit) return [wrong(field, name, `must be no more than ${limit} characters`)];
  return pattern.test(name) ? [] : [wrong(field, name, rule)];
}

export function labelErrors(field: string, labels: Readonly<Record<string, string>>): FieldError[] {
  const bad = Object.entries(labels).filter(([, value]) => !labelValue.test(value) || value.length > 63);
  return [
    ...keyErrors(field, labels),
    ...bad.map(([, value]) =>
      wrong(
        field,
        value,
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ),
    ),
  ];
}

export function keyErrors(field: string, keys: Readonly<Record<string, string>>): FieldError[] {
  const qualified =
    /^([a-z0-9][-a-z0-9.]{0,251}[a-z0-9]\/|[a-z0-9]\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
  return Object.keys(keys)
    .filter((key) => !qualified.test(key))
    .map((key) =>
      wrong(
        field,
        key,
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      ),
    );
}
