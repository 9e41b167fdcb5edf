import type { ApiError } from '../api-error.ts';
import type { ApiResponse } from '../sandbox.ts';

/** One JSON document. */
export function json(value: unknown, status = 200): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: once(`${JSON.stringify(value)}\n`),
  };
}

export function text(value: string, status = 200): ApiResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: once(value) };
}

export function stream(body: AsyncIterable<string>, contentType: string): ApiResponse {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

export function failure(error: ApiError): ApiResponse {
  const answer = json(error.toStatus(), error.code);
  const retryAfter = error.details?.retryAfterSeconds;
  return retryAfter === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}

/** The whole body of an answer that ends by itself. */
export async function readBody(body: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const chunk of body) whole += chunk;
  return whole;
}

async function* once(value: string): AsyncIterable<string> {
  yield value;
}
