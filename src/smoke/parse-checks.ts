import { isJsonObject, printable } from '../base/index.ts';
import { describeCheck, type HttpCheck } from './check.ts';
import { FieldReader, type Problem } from './field-reader.ts';
import { parseHeaderRules, parseJsonRules, parseRegExp, parseStatus } from './parse-rules.ts';

export type { Problem } from './field-reader.ts';

/** Either checks, or everything that is wrong with the text: never one and the other. */
export type ParsedChecks =
  | { readonly checks: readonly HttpCheck[]; readonly problems?: undefined }
  | { readonly checks?: undefined; readonly problems: readonly Problem[] };

const fields = [
  'name',
  'path',
  'port',
  'scheme',
  'method',
  'headers',
  'body',
  'status',
  'contains',
  'matches',
  'jsonpath',
  'header',
  'within',
  'answers',
] as const;

/** A version that errs in half of its answers gives so many good ones in a row once in a thousand times. */
const usualAnswers = 10;
/** What may be asked again without changing anything. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Reads hand-written checks: a list of objects, or one object. Names every mistake with its place and remedy. */
export function parseChecks(value: unknown): ParsedChecks {
  const list = Array.isArray(value) ? value : [value];
  const problems: Problem[] = [];
  const checks = list.flatMap((entry: unknown, index) => parseCheck(entry, `checks[${index}]`, problems));
  return problems.length > 0 ? { problems } : { checks };
}

function parseCheck(entry: unknown, where: string, problems: Problem[]): readonly HttpCheck[] {
  if (!isJsonObject(entry)) {
    problems.push({
      where,
      problem: 'is not an object',
      remedy: 'Write a check as { path: /healthz, status: 200 }.',
    });
    return [];
  }
  const read = new FieldReader(entry, where, problems);
  read.refuseUnknown(fields);
  const path = read.text('path') ?? '/';
  if (!/^\/[\x21-\x7e]*$/.test(path)) {
    read.complain(
      'path',
      'is no path',
      'Begin it with a slash and encode blanks, for example /api/items?limit=1.',
    );
  }
  const { body, contentType } = readBody(entry.body);
  const method = read.oneOf('method', methods) ?? (body === undefined ? 'GET' : 'POST');
  const within = read.duration('within');
  const check: HttpCheck = {
    kind: 'http',
    name: '',
    method,
    path,
    port: read.port('port'),
    scheme: read.oneOf('scheme', ['http', 'https']) ?? 'http',
    headers: { ...contentType, ...readHeaders(read) },
    body,
    wants: {
      status: parseStatus(read),
      contains: read.text('contains'),
      matches: parseRegExp(read, 'matches'),
      values: parseJsonRules(read),
      headers: parseHeaderRules(read),
      withinMs: within,
    },
    answers: read.count('answers') ?? (repeatable.has(method) ? usualAnswers : 1),
  };
  const name = printable(read.text('name') ?? '');
  return [{ ...check, name: name === '' ? describeCheck(check) : name }];
}

/** A text is sent as it is, anything else as JSON. */
function readBody(body: unknown): { body: string | undefined; contentType: Record<string, string> } {
  if (body === undefined) return { body: undefined, contentType: {} };
  if (typeof body === 'string') return { body, contentType: {} };
  return { body: JSON.stringify(body), contentType: { 'content-type': 'application/json' } };
}

function readHeaders(read: FieldReader): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of read.entries('headers')) {
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      read.complain(`headers.${name}`, 'is no header name', 'Use letters, digits and hyphens.');
    } else if (typeof text !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      // The value is not quoted: it may be a secret.
      read.complain(`headers.${name}`, 'is no header value', 'Write it as one line of text.');
    } else headers[name.toLowerCase()] = text;
  }
  return headers;
}
