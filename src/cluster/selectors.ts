import { at, isJsonObject } from '../base/index.ts';

/** Labels of an object, or the flat selector of a Service. */
export type Labels = Readonly<Record<string, string>>;

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Whether the flat selector of a Service selects pods with these labels. An empty one selects nothing. */
export function selectsLabels(selector: unknown, labels: unknown): boolean {
  const wanted = Object.entries(isJsonObject(selector) ? selector : {});
  return wanted.length > 0 && wanted.every(([key, value]) => at(labels, key) === value);
}

/** Whether the selector of a workload, labels and expressions, selects these labels. An empty one selects nothing here. */
export function matchesSelector(selector: unknown, labels: unknown): boolean {
  const equal = Object.entries(labelsOf(selector));
  const expressions = expressionsOf(selector);
  if (equal.length + expressions.length === 0) return false;
  return (
    equal.every(([key, value]) => at(labels, key) === value) &&
    expressions.every((expression) => holds(expression, at(labels, expression.key)))
  );
}

/** The selector of a workload as a query writes it: `app=shop,tier in (a,b),!old`. */
export function selectorText(selector: unknown): string {
  const equal = Object.entries(labelsOf(selector)).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = expressionsOf(selector).map(({ key, operator, values }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'NotIn' ? 'notin' : 'in'} (${values.join(',')})`;
  });
  return [...equal, ...expressions].join(',');
}

function labelsOf(selector: unknown): Readonly<Record<string, unknown>> {
  const labels = at(selector, 'matchLabels');
  return isJsonObject(labels) ? labels : {};
}

function expressionsOf(selector: unknown): readonly Expression[] {
  const expressions = at(selector, 'matchExpressions');
  if (!Array.isArray(expressions)) return [];
  return expressions.map((expression) => {
    const values = at(expression, 'values');
    return {
      key: String(at(expression, 'key')),
      operator: String(at(expression, 'operator')),
      values: Array.isArray(values) ? values.map(String) : [],
    };
  });
}

function holds({ operator, values }: Expression, value: unknown): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'In') return typeof value === 'string' && values.includes(value);
  return typeof value !== 'string' || !values.includes(value);
}
