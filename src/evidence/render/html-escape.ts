import { oneLine } from './plain.ts';

/** Finished HTML. A type of its own, so that data cannot be put into the page without being escaped. */
export interface Html {
  readonly html: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

type Part = string | number | Html | readonly (Html | null)[] | null;

/** Template tag: strings and numbers are escaped, `Html` is kept, null is nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = literals.map((literal, index) => literal + show(parts[index] ?? null));
  return { html: text.join('') };
}

function show(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return Number.isFinite(part) ? String(Math.round(part * 100) / 100) : '0';
  return 'html' in part ? part.html : part.map((inner) => inner?.html ?? '').join('');
}

function escapeHtml(value: string): string {
  return replaceMarkup(keepSpaces(value));
}

function replaceMarkup(value: string): string {
  return value.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}

/** Blanks at the ends belong to our own pieces of a sentence. */
function keepSpaces(value: string): string {
  const [, before = '', after = ''] = /^( ?).*?( ?)$/s.exec(value) ?? [];
  const line = oneLine(value, 4_000);
  return line === '' ? before : `${before}${line}${after}`;
}

/** Cleaned lines for a `pre`, blanks kept. */
export function htmlLines(lines: readonly string[]): Html {
  return { html: lines.map(replaceMarkup).join('\n') };
}
