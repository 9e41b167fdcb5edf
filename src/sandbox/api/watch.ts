import { ApiError } from '../api-error.ts';
import { apiVersionOf } from '../resources.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { StoredObject, StoreEvent } from '../store.ts';
import { createChannel } from './channel.ts';
import { type ApiContext, isCustom, type Scope, viewOf } from './context.ts';
import { json, stream } from './respond.ts';
import { type Predicate, selectorOf } from './selectors.ts';

const bookmarkEveryMs = 60_000;
const defaultTimeoutSeconds = 1_800;

export function listObjects(api: ApiContext, scope: Scope): ApiResponse {
  const { type } = scope;
  const items = api.store.list(type, scope.namespace).filter(matcherOf(scope));
  return json({
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata: { ...(isCustom(type) && { continue: '' }), resourceVersion: String(api.store.resourceVersion) },
    items: items.map((object) => itemOf(scope, object)),
  });
}

/** The API server leaves kind and version out of the items of its own kinds; those of custom ones have them. */
function itemOf({ type }: Scope, object: StoredObject): unknown {
  if (isCustom(type)) return viewOf(type, object);

  const { apiVersion: _version, kind: _kind, ...rest } = viewOf(type, object);
  return rest;
}

/** Streams what changes, from the given resourceVersion or from what exists. The state is taken before this returns. */
export function watchObjects(api: ApiContext, scope: Scope, signal: AbortSignal | undefined): ApiResponse {
  const { store, clock } = api;
  const { type, namespace, query } = scope;
  const selects = matcherOf(scope);
  const bookmarks = query.get('allowWatchBookmarks') === 'true';
  const since = query.get('resourceVersion') ?? '';
  if (!/^\d*$/.test(since)) {
    const parse = `strconv.ParseUint: parsing ${JSON.stringify(since)}: invalid syntax`;
    throw new ApiError(undefined, `resourceVersion: Invalid value: ${JSON.stringify(since)}: ${parse}`);
  }
  const fromState = since === '' || since === '0' || query.get('sendInitialEvents') === 'true';
  const missed = fromState ? [] : store.changesSince(type, Number(since));
  const cleanUps: (() => void)[] = [];
  const channel = createChannel(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });

  const send = (kind: string, object: unknown): void =>
    channel.push(`${JSON.stringify({ type: kind, object })}\n`);
  const forward = (event: StoreEvent): void => {
    const seen = visibleChange(event, namespace, selects);
    if (seen !== undefined) send(seen.type, viewOf(type, seen.object));
  };
  const sendBookmark = (annotations?: Readonly<Record<string, string>>): void => {
    const metadata = {
      resourceVersion: String(store.resourceVersion),
      ...(annotations && { annotations }),
    };
    send('BOOKMARK', { kind: type.kind, apiVersion: apiVersionOf(type), metadata });
  };

  if (missed === undefined) {
    const expired = new ApiError('Expired', `too old resource version: ${since} (${store.resourceVersion})`);
    send('ERROR', expired.toStatus());
    channel.end();
    return stream(channel, 'application/json');
  }
  if (fromState)
    for (const object of store.list(type, namespace).filter(selects)) send('ADDED', viewOf(type, object));
  if (query.get('sendInitialEvents') === 'true') sendBookmark({ 'k8s.io/initial-events-end': 'true' });
  for (const event of missed) forward(event);
  cleanUps.push(store.subscribe(type, forward));

  const end = (): void => channel.end();
  const bookmarkLater = (): (() => void) =>
    clock.after(bookmarkEveryMs, () => {
      sendBookmark();
      stopBookmarks = bookmarkLater();
    });
  let stopBookmarks = bookmarks ? bookmarkLater() : () => {};
  cleanUps.push(() => stopBookmarks());
  cleanUps.push(clock.after(Number(query.get('timeoutSeconds') ?? defaultTimeoutSeconds) * 1_000, end));
  const onAbort = (): void => channel.end();
  signal?.addEventListener('abort', onAbort, { once: true });
  cleanUps.push(() => signal?.removeEventListener('abort', onAbort));
  if (signal?.aborted) channel.end();
  return stream(channel, 'application/json');
}

function matcherOf({ type, query, name }: Scope): Predicate {
  const selected = selectorOf(query, type);
  return (object) => selected(object) && (name === '' || object.metadata.name === name);
}

/**
 * An object that begins to match is added, one that ceases to is deleted, whatever happened to it really: deleted as it was
 * when it still matched, in the version in which it ceased.
 */
function visibleChange(
  event: StoreEvent,
  namespace: string,
  selects: Predicate,
): Pick<StoreEvent, 'type' | 'object'> | undefined {
  if (namespace !== '' && event.object.metadata.namespace !== namespace) return undefined;
  const before = event.previous !== undefined && selects(event.previous);
  const after = event.type !== 'DELETED' && selects(event.object);
  const { object, previous } = event;
  if (before && after) return { type: 'MODIFIED', object };
  if (after) return { type: 'ADDED', object };
  if (!before || previous === undefined) return undefined;
  const { resourceVersion } = object.metadata;
  return { type: 'DELETED', object: { ...previous, metadata: { ...previous.metadata, resourceVersion } } };
}
