import type { AnyKind, InputSpec } from './kinds.ts';

/** What is allowed, in words that complete "wanted is …": `a whole number from 1 to 1000`. */
export function describeKind(kind: AnyKind): string {
  switch (kind.kind) {
    case 'string':
      return (
        kind.shape ?? `text${kind.maxLength === undefined ? '' : ` of at most ${kind.maxLength} characters`}`
      );
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `a whole number${range(kind.min, kind.max)}`;
    case 'number':
      return `a number${range(kind.min, kind.max)}`;
    case 'weight':
      return `a whole percentage${range(kind.min ?? 0, kind.max ?? 100)}`;
    case 'duration':
      return `a duration like \`90s\` or \`5m\`${range(kind.min, kind.max, ',')}`;
    case 'quantity':
      return `a quantity like \`250m\` or \`1.5Gi\`${range(kind.min, kind.max, ',')}`;
    case 'enum':
      return kind.values.map((value) => `\`${value}\``).join(', ');
    case 'list':
      return `a list, between commas or line breaks, each ${describeKind(kind.item)}`;
    case 'yaml':
      return kind.shape ?? 'YAML or JSON';
    case 'files':
      return 'files, globs or directories, between commas or line breaks; `-` is standard input';
    case 'secret':
      return kind.orFile === true ? 'the path of a file, or the whole content as a secret' : 'a secret';
  }
}

/** One or two words for a column of a table. */
export function nameKind(kind: AnyKind): string {
  switch (kind.kind) {
    case 'enum':
      return 'choice';
    case 'weight':
      return 'percent';
    case 'list':
      return `list of ${nameKind(kind.item)}`;
    case 'yaml':
      return 'YAML';
    case 'secret':
      return kind.orFile === true ? 'file or secret' : 'secret';
    default:
      return kind.kind;
  }
}

/** The description as every document shows it, with unit and the advice to quote. */
export function describeInput(spec: InputSpec): string {
  return spec.quote === true
    ? `${spec.description} *Quote it*: YAML reads an unquoted \`1.10\` as the number 1.1.`
    : spec.description;
}

/** The default that the parser applies: not an expression, which only the runner can evaluate. */
export function literalDefault(spec: InputSpec): string | undefined {
  return spec.default === undefined || isExpression(spec.default) ? undefined : spec.default;
}

export function isExpression(text: string): boolean {
  return text.includes('${{');
}

function range(min: number | string | undefined, max: number | string | undefined, before = ''): string {
  if (min !== undefined && max !== undefined) return `${before} from ${min} to ${max}`;
  if (min !== undefined) return `${before} at least ${min}`;
  if (max !== undefined) return `${before} at most ${max}`;
  return '';
}
