import type { StoredObject } from '../store.ts';
import { namespaceOf } from './controller.ts';
import { matchesSelector } from './labels.ts';

/** Whether a route may use a Gateway, in the words of the Gateway API. */
export type Attachment =
  | { readonly accepted: true; readonly listeners: readonly string[]; readonly hostnames: readonly string[] }
  | {
      readonly accepted: false;
      readonly reason: 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname';
      readonly message: string;
    };

/** What a route names as its parent; the Gateway API's type, as far as the sandbox reads it. */
export interface ParentRef {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

/** Looks at one parentRef of a route. `hostnames` of the answer is empty when the route takes every host. */
export function attach(
  route: StoredObject,
  parent: ParentRef,
  gateway: StoredObject,
  namespaceLabels: Readonly<Record<string, string>>,
): Attachment {
  const all: readonly StoredObject[] = gateway.spec.listeners ?? [];
  const named = all.filter(
    (listener) =>
      (parent.sectionName === undefined || listener.name === parent.sectionName) &&
      (parent.port === undefined || listener.port === parent.port),
  );
  if (named.length === 0) {
    return {
      accepted: false,
      reason: 'NoMatchingParent',
      message: 'No listener has this section name or port',
    };
  }
  const allowing = named.filter((listener) => allowsNamespace(listener, route, gateway, namespaceLabels));
  if (allowing.length === 0) {
    const message = `No listener allows routes of namespace ${namespaceOf(route)}`;
    return { accepted: false, reason: 'NotAllowedByListeners', message };
  }
  const wanted: readonly string[] = route.spec.hostnames ?? [];
  const matching = allowing.flatMap((listener) => {
    const hostnames = intersect(wanted, listener.hostname);
    return hostnames === undefined ? [] : [{ listener: listener.name, hostnames }];
  });
  if (matching.length === 0) {
    const message = `No listener takes ${wanted.join(', ')}`;
    return { accepted: false, reason: 'NoMatchingListenerHostname', message };
  }
  const open = matching.some(({ hostnames }) => hostnames.length === 0);
  return {
    accepted: true,
    listeners: matching.map(({ listener }) => listener),
    hostnames: open ? [] : [...new Set(matching.flatMap(({ hostnames }) => hostnames))],
  };
}

function allowsNamespace(
  listener: StoredObject,
  route: StoredObject,
  gateway: StoredObject,
  namespaceLabels: Readonly<Record<string, string>>,
): boolean {
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  if (from === 'Selector') return matchesSelector(selector, namespaceLabels);
  return namespaceOf(route) === namespaceOf(gateway);
}

/** Undefined: they have no host in common. Empty: every host. */
function intersect(wanted: readonly string[], listener: string | undefined): readonly string[] | undefined {
  if (!listener) return wanted;
  if (wanted.length === 0) return [listener];
  const common = wanted.flatMap((host) =>
    coversHost(listener, host) ? [host] : coversHost(host, listener) ? [listener] : [],
  );
  return common.length > 0 ? common : undefined;
}

/** `*.example.com` covers each host below it, of any depth, but not `example.com`. */
export function coversHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}
