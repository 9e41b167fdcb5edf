import { equalJson, isJsonObject, type Json } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';

/** Applies an RFC 6902 patch, all of it or nothing. A `test` that does not hold is the same 422 as a missing path. */
export function applyJsonPatch(document: Json, patch: unknown): Json {
  if (!Array.isArray(patch)) throw malformed('a JSON patch is a list of operations');
  return patch.reduce<Json>((current, operation) => applyOperation(current, operation), document);
}

function applyOperation(document: Json, operation: unknown): Json {
  if (!isJsonObject(operation)) throw malformed('an operation is an object');
  const { op, path, from, value = null } = operation;
  const tokens = parsePointer(path);
  switch (op) {
    case 'add':
      return change(document, tokens, (parent, token) => insert(parent, token, value), value);
    case 'remove':
      return change(document, tokens, drop, null);
    case 'replace':
      // The API server lets `replace` add a missing field (not a missing item): RFC 6902 does not.
      return change(document, tokens, (parent, token) => overwrite(parent, token, value), value);
    case 'test':
      if (!equalJson(read(document, tokens) ?? null, value)) throw unprocessable();
      return document;
    case 'copy':
    case 'move': {
      const source = parsePointer(from);
      const moved = read(document, source);
      if (moved === undefined) throw unprocessable();
      const rest = op === 'move' ? change(document, source, drop, null) : document;
      return change(rest, tokens, (parent, token) => insert(parent, token, moved), moved);
    }
    default:
      throw malformed(`unexpected kind of operation: ${JSON.stringify(op)}`);
  }
}

type ParentChange = (parent: Json, token: string) => Json;

/** Rebuilds the document with the parent of the path's last token changed. */
function change(value: Json, tokens: readonly string[], apply: ParentChange, whole: Json): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return whole;
  if (rest.length === 0) return apply(value, token);
  const child = step(value, token);
  if (child === undefined) throw unprocessable();
  return overwrite(value, token, change(child, rest, apply, whole));
}

function insert(parent: Json, token: string, value: Json): Json {
  if (!isList(parent)) return overwrite(parent, token, value);
  const index = token === '-' ? parent.length : indexOf(token);
  if (index > parent.length) throw unprocessable();
  return [...parent.slice(0, index), value, ...parent.slice(index)];
}

function drop(parent: Json, token: string): Json {
  if (step(parent, token) === undefined) throw unprocessable();
  if (isList(parent)) return parent.toSpliced(indexOf(token), 1);
  return Object.fromEntries(Object.entries(parent ?? {}).filter(([key]) => key !== token));
}

function overwrite(parent: Json, token: string, value: Json): Json {
  if (isList(parent)) {
    if (step(parent, token) === undefined) throw unprocessable();
    return parent.with(indexOf(token), value);
  }
  if (!isJsonObject(parent)) throw unprocessable();
  return Object.fromEntries([...Object.entries(parent).filter(([key]) => key !== token), [token, value]]);
}

function read(document: Json, tokens: readonly string[]): Json | undefined {
  return tokens.reduce<Json | undefined>(
    (value, token) => (value === undefined ? value : step(value, token)),
    document,
  );
}

function step(value: Json, token: string): Json | undefined {
  if (isList(value)) return token === '-' ? undefined : value[indexOf(token)];
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function indexOf(token: string): number {
  if (!/^(?:0|[1-9]\d*)$/.test(token)) throw unprocessable();
  return Number(token);
}

function parsePointer(pointer: unknown): readonly string[] {
  if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/'))) {
    throw malformed(`not a JSON pointer: ${JSON.stringify(pointer)}`);
  }
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function malformed(why: string): ApiError {
  return new ApiError('BadRequest', `error decoding patch: ${why}`);
}

/** The API server says no more than this, whichever operation failed. */
function unprocessable(): ApiError {
  return new ApiError('Invalid', 'the server rejected our request due to an error in our request', {});
}
