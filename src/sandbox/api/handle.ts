import { messageOf } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { FaultEffect } from '../faults.ts';
import { ConnectionBroken } from '../faults-injected.ts';
import type { ApiRequest, ApiResponse, LoggedRequest } from '../sandbox.ts';
import { createChannel } from './channel.ts';
import type { ApiContext } from './context.ts';
import { answerDiscovery, answerPlainPath } from './discovery.ts';
import { parsePath } from './path.ts';
import { failure, stream } from './respond.ts';
import { answerResource } from './verbs.ts';

export interface Api {
  handle(request: ApiRequest): Promise<ApiResponse>;
  readonly requests: readonly LoggedRequest[];
}

export function createApi(api: ApiContext, learned: () => void): Api {
  const requests: { method: string; path: string; status: number; userAgent: string }[] = [];

  async function handle(request: ApiRequest): Promise<ApiResponse> {
    const entry = {
      method: request.method,
      path: request.path,
      status: 0,
      userAgent: request.headers['user-agent'] ?? '',
    };
    requests.push(entry);
    const { pathname, searchParams } = new URL(request.path, 'http://sandbox');
    if (api.faults.stopped === 'refuse') throw new ConnectionBroken('ECONNREFUSED');
    if (api.faults.stopped === 'hang') return never(request.signal);
    const isWatch = searchParams.get('watch') === 'true' || searchParams.get('watch') === '1';
    const effect = api.faults.next(request, pathname, isWatch);
    const response = effect === undefined ? answer(request) : await suffer(effect, request);
    entry.status = response.status;
    return response;
  }

  async function suffer(effect: FaultEffect, request: ApiRequest): Promise<ApiResponse> {
    switch (effect.kind) {
      case 'hang':
        return never(request.signal);
      case 'drop':
        if (effect.when === 'after') answer(request);
        throw new ConnectionBroken('ECONNRESET');
      case 'hold': {
        await held(effect.before?.(request), request.signal);
        const response = answer(request);
        await held(effect.after?.(request, response.status), request.signal);
        return response;
      }
      case 'silent-watch':
        return silence(request.signal);
      case 'status':
        return failure(faultStatus(effect));
    }
  }

  function answer(request: ApiRequest): ApiResponse {
    try {
      return route(api, request, learned);
    } catch (error) {
      const known = error instanceof ApiError ? error : unexpected(error, request);
      if (known.reason === 'NotImplemented')
        api.log.warn(`sandbox: ${request.method} ${request.path}: ${known.message}`);
      if (known.reason === 'InternalError' && known !== error)
        api.log.error(
          `sandbox: ${request.method} ${request.path}: ${error instanceof Error ? error.stack : error}`,
        );
      return failure(known);
    }
  }

  return { handle, requests };
}

/**
 * The server's decoder refuses a field of the wrong type, like a text where a list belongs. Ours has no types: it takes
 * the object and trips over such a field later, before anything is stored.
 */
function unexpected(error: unknown, request: ApiRequest): ApiError {
  const given = request.method !== 'DELETE' && request.body !== undefined;
  return given && error instanceof TypeError
    ? new ApiError('BadRequest', `the object cannot be decoded, a field has the wrong type: ${error.message}`)
    : new ApiError('InternalError', messageOf(error));
}

function route(api: ApiContext, request: ApiRequest, learned: () => void): ApiResponse {
  const { pathname, searchParams } = new URL(request.path, 'http://sandbox');
  const target = parsePath(pathname);
  if (target.kind === 'resource') return answerResource(api, request, target.path, searchParams, learned);
  if (request.method !== 'GET')
    throw new ApiError('MethodNotAllowed', `${request.method} is not allowed on ${pathname}`);
  if (target.kind === 'discovery') return answerDiscovery(api.catalog, target);
  const plain = answerPlainPath(target.path);
  if (plain !== undefined) return plain;
  throw new ApiError('NotImplemented', `the sandbox does not serve ${target.path}`);
}

function faultStatus({ status, retryAfterSeconds }: FaultEffect & { kind: 'status' }): ApiError {
  const message = 'a fault of the sandbox';
  const details = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  switch (status) {
    case 401:
      return new ApiError('Unauthorized', 'Unauthorized');
    case 403:
      return new ApiError('Forbidden', message);
    case 409:
      return new ApiError('Conflict', `Operation cannot be fulfilled: ${message}`);
    case 429:
      return new ApiError(
        'TooManyRequests',
        `too many requests: ${message}`,
        details ?? { retryAfterSeconds: 1 },
      );
    case 500:
      return new ApiError('InternalError', `Internal error occurred: ${message}`, details);
    case 503:
      return new ApiError(
        'ServiceUnavailable',
        `the server is currently unable to handle the request: ${message}`,
        details,
      );
  }
}

/** No answer, until the client gives up. */
function never(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = (): void => reject(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/** Waits for whoever holds a request, unless its client gives up first. */
async function held(until: Promise<void> | undefined, signal: AbortSignal | undefined): Promise<void> {
  if (until === undefined) return;
  await Promise.race([until, never(signal)]);
}

function silence(signal: AbortSignal | undefined): ApiResponse {
  const end = (): void => channel.end();
  const channel = createChannel(() => signal?.removeEventListener('abort', end));
  signal?.addEventListener('abort', end, { once: true });
  return stream(channel, 'application/json');
}
