import { isJsonObject, type Json, type Milliseconds, parseDuration } from '../base/index.ts';
import { type Complain, suggest } from '../contract/index.ts';

/** A hand-written HTTP check, as the `smoke` input has it. */
export interface SmokeCheck {
  /** For people; the method and path when it has none. */
  readonly name: string;
  readonly path: string;
  /** Number or name of a container port; undefined means the first one. */
  readonly port: number | string | undefined;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that are right; empty means 200 to 399. */
  readonly status: readonly number[];
  /** Text that the body must contain. */
  readonly contains: string | undefined;
  /** What the body must match. */
  readonly matches: RegExp | undefined;
  /** JSONPath → the value wanted there. */
  readonly jsonpath: Readonly<Record<string, Json>>;
  /** How long the answer may take. */
  readonly within: Milliseconds | undefined;
}

const keys = [
  'name',
  'path',
  'port',
  'method',
  'headers',
  'status',
  'contains',
  'matches',
  'jsonpath',
  'within',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Reads the list of checks and complains about all that is wrong in it. */
export function smokeChecks(value: Json, complain: Complain): readonly SmokeCheck[] {
  if (!Array.isArray(value)) {
    complain('', 'is not a list of checks (a list begins with `- path: /…`)');
    return [];
  }
  return value.map((item: Json, index) =>
    readCheck(item, (path, problem) => complain(`[${index}]${path}`, problem)),
  );
}

function readCheck(value: Json, complain: Complain): SmokeCheck {
  const check = isJsonObject(value) ? value : {};
  if (!isJsonObject(value)) complain('', 'is not a check with a `path`');
  for (const key of Object.keys(check).filter((name) => !keys.includes(name))) {
    const meant = suggest(key, keys);
    complain(`.${key}`, `is unknown${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`);
  }
  const method = readString(check, 'method', complain)?.toUpperCase() ?? 'GET';
  if (!methods.includes(method)) complain('.method', `is none of ${methods.join(', ')}`);
  const path = readString(check, 'path', complain);
  if (!path?.startsWith('/')) complain('.path', path === undefined ? 'is missing' : 'must begin with `/`');
  return {
    name: readString(check, 'name', complain) ?? `${method} ${path ?? ''}`,
    path: path ?? '/',
    port: readPort(check.port, complain),
    method,
    headers: readHeaders(check.headers, complain),
    status: readStatus(check.status, complain),
    contains: readString(check, 'contains', complain),
    matches: readRegExp(readString(check, 'matches', complain), complain),
    jsonpath: readJsonPaths(check.jsonpath, complain),
    within: readWithin(readString(check, 'within', complain), complain),
  };
}

function readString(check: { readonly [key: string]: Json | undefined }, key: string, complain: Complain) {
  const value = check[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  complain(`.${key}`, 'must be text');
  return undefined;
}

function readPort(value: Json | undefined, complain: Complain): number | string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536) return value;
  if (typeof value === 'string' && /^[a-z0-9-]{1,15}$/.test(value)) return value;
  complain('.port', 'is neither a port number nor the name of a container port');
  return undefined;
}

function readHeaders(value: Json | undefined, complain: Complain): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  const headers = isJsonObject(value) ? Object.entries(value) : [];
  const scalar = (text: Json | undefined) => typeof text === 'string' || typeof text === 'number';
  if (!isJsonObject(value) || headers.some(([, text]) => !scalar(text))) {
    complain('.headers', 'must be names with texts');
  }
  return Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)]));
}

function readStatus(value: Json | undefined, complain: Complain): readonly number[] {
  if (value === undefined || value === null) return [];
  const statuses = (Array.isArray(value) ? value : [value]).map(Number);
  if (statuses.every((status) => Number.isInteger(status) && status >= 100 && status < 600)) return statuses;
  complain('.status', 'must be one status or a list of them, each from 100 to 599');
  return [];
}

function readRegExp(text: string | undefined, complain: Complain): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, 'u');
  } catch {
    complain('.matches', 'is not a regular expression');
    return undefined;
  }
}

function readJsonPaths(value: Json | undefined, complain: Complain): Readonly<Record<string, Json>> {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value) || Object.keys(value).some((path) => !path.startsWith('$'))) {
    complain('.jsonpath', 'must be paths that begin with `$`, each with the value wanted there');
    return {};
  }
  return Object.fromEntries(Object.entries(value).map(([path, wanted]) => [path, wanted ?? null]));
}

function readWithin(text: string | undefined, complain: Complain): Milliseconds | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0) complain('.within', 'is not a duration like `500ms`');
  return ms;
}
