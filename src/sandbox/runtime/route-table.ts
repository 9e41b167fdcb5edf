import { attach, coversHost, type ParentRef } from '../controllers/attach.ts';
import type { StoredObject } from '../store.ts';
import type { EndpointSet } from './endpoints.ts';
import { createWeightedTurns } from './weighted-turns.ts';

/** What a route is matched against. Header names in lower case. */
export interface RequestFacts {
  readonly host: string;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface HeaderChanges {
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly add: readonly (readonly [name: string, value: string])[];
  readonly remove: readonly string[];
}

export interface Backend {
  /** Name of the Service. */
  readonly service: string;
  /** Undefined: there is no such Service, or no such port. */
  readonly endpoints: EndpointSet | undefined;
  readonly request: readonly HeaderChanges[];
  readonly response: readonly HeaderChanges[];
}

/** Where requests go: made once per change of a route, asked once per request. */
export interface RouteTable {
  /** The backend whose turn it is; a status when the answer is settled without one. */
  pick(request: RequestFacts): Backend | { readonly status: 404 | 500 | 501 | 503 };
}

/** The proxies' late view of the cluster. */
export interface RouteSources {
  readonly routes: Iterable<StoredObject>;
  gateway(key: string): StoredObject | undefined;
  service(key: string): StoredObject | undefined;
  namespaceLabels(namespace: string): Readonly<Record<string, string>>;
  isGranted(route: StoredObject, namespace: string, service: string): boolean;
  endpoints(namespace: string, service: string, portName: string): EndpointSet;
}

/** One host and one way to match, with where it leads. */
export interface Entry {
  /** Empty: every host. */
  readonly host: string;
  readonly path: { readonly type: string; readonly value: string };
  readonly match: StoredObject;
  readonly age: string;
  readonly pick: () => Backend | { readonly status: 500 | 501 | 503 };
  /** A wildcard of its host stands for one label only, as an Ingress has it. */
  readonly oneLabel?: true;
}

/** Turns that outlive a table, so that a change elsewhere does not start the shares of a rule anew. */
export type KeptTurns = Map<string, () => number | undefined>;

/** `others` are entries that do not come from HTTPRoutes. */
export function compileRoutes(
  sources: RouteSources,
  kept: KeptTurns,
  others: readonly Entry[] = [],
): RouteTable {
  const entries = [...sources.routes]
    .flatMap((route) => entriesOf(sources, kept, route))
    .concat(others)
    .sort(byPrecedence);
  return {
    pick: (request) => entries.find((entry) => matches(entry, request))?.pick() ?? { status: 404 },
  };
}

function entriesOf(sources: RouteSources, kept: KeptTurns, route: StoredObject): readonly Entry[] {
  const hosts = new Set<string>();
  const { namespace = '', name, uid, creationTimestamp } = route.metadata;
  const parents: readonly ParentRef[] = route.spec?.parentRefs ?? [];
  for (const parent of parents) {
    const gateway = sources.gateway(`${parent.namespace ?? namespace}/${parent.name}`);
    if (gateway === undefined) continue;
    const attachment = attach(route, parent, gateway, sources.namespaceLabels(namespace));
    if (!attachment.accepted) continue;
    for (const host of attachment.hostnames.length > 0 ? attachment.hostnames : ['']) hosts.add(host);
  }
  const rules: readonly StoredObject[] = route.spec?.rules ?? [];
  return rules.flatMap((rule, index) => {
    const pick = pickerOf(sources, kept, route, rule, `${uid}/${index}`);
    const all: readonly StoredObject[] = rule.matches?.length > 0 ? rule.matches : [{}];
    const age = `${creationTimestamp} ${namespace}/${name} ${String(index).padStart(3, '0')}`;
    return all.flatMap((match) => {
      const path = { type: match.path?.type ?? 'PathPrefix', value: match.path?.value ?? '/' };
      return [...hosts].map((host) => ({ host, path, match, age, pick }));
    });
  });
}

function pickerOf(
  sources: RouteSources,
  kept: KeptTurns,
  route: StoredObject,
  rule: StoredObject,
  key: string,
): Entry['pick'] {
  const refs: readonly StoredObject[] = rule.backendRefs ?? [];
  const weights = refs.map((ref) => ref.weight ?? 1);
  const turnsKey = `${key} ${JSON.stringify(refs.map(({ name, port }, n) => [name, port, weights[n]]))}`;
  const turns = kept.get(turnsKey) ?? createWeightedTurns(weights);
  kept.set(turnsKey, turns);
  const backends = refs.map((ref) => backendOf(sources, route, rule, ref));
  const filters: readonly StoredObject[] = [
    ...(rule.filters ?? []),
    ...refs.flatMap((ref) => ref.filters ?? []),
  ];
  const supported = filters.every(({ type }) => type === requestFilter || type === responseFilter);
  return () => {
    if (!supported) return { status: 501 };
    const backend = backends[turns() ?? -1];
    return backend?.endpoints === undefined ? { status: 500 } : backend;
  };
}

const requestFilter = 'RequestHeaderModifier';
const responseFilter = 'ResponseHeaderModifier';

function backendOf(
  sources: RouteSources,
  route: StoredObject,
  rule: StoredObject,
  ref: StoredObject,
): Backend {
  const namespace: string = ref.namespace ?? route.metadata.namespace ?? '';
  const name = String(ref.name);
  const service = sources.service(`${namespace}/${name}`);
  const ports: readonly StoredObject[] = service?.spec?.ports ?? [];
  const port = ports.find((declared) => declared.port === ref.port);
  const reachable = port !== undefined && (ref.kind ?? 'Service') === 'Service';
  const endpoints =
    reachable && sources.isGranted(route, namespace, name)
      ? sources.endpoints(namespace, name, port.name ?? '')
      : undefined;
  const filters: readonly StoredObject[] = [...(rule.filters ?? []), ...(ref.filters ?? [])];
  return {
    service: name,
    endpoints,
    request: filters
      .filter(({ type }) => type === requestFilter)
      .map((f) => changesOf(f.requestHeaderModifier)),
    response: filters
      .filter(({ type }) => type === responseFilter)
      .map((f) => changesOf(f.responseHeaderModifier)),
  };
}

function changesOf(modifier: StoredObject | undefined): HeaderChanges {
  const pairs = (list: readonly { readonly name: string; readonly value: string }[] = []) =>
    list.map(({ name, value }) => [name, value] as const);
  return { set: pairs(modifier?.set), add: pairs(modifier?.add), remove: modifier?.remove ?? [] };
}

/** The order of the Gateway API: host, then path, method, number of headers and of query parameters, then age. */
function byPrecedence(a: Entry, b: Entry): number {
  return (
    hostRank(b) - hostRank(a) ||
    Number(b.path.type === 'Exact') - Number(a.path.type === 'Exact') ||
    b.path.value.length - a.path.value.length ||
    Number(b.match.method !== undefined) - Number(a.match.method !== undefined) ||
    (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0) ||
    (b.match.queryParams?.length ?? 0) - (a.match.queryParams?.length ?? 0) ||
    (a.age < b.age ? -1 : 1)
  );
}

function hostRank({ host }: Entry): number {
  return host === '' ? 0 : host.startsWith('*.') ? host.length : 10_000;
}

function matches({ host, path, match, oneLabel }: Entry, request: RequestFacts): boolean {
  if (oneLabel && host.startsWith('*.') && request.host.split('.').length !== host.split('.').length)
    return false;
  if (host !== '' && !coversHost(host, request.host)) return false;
  const [pathname = '/', query = ''] = request.target.split('?', 2);
  if (!matchesPath(path, pathname)) return false;
  if (match.method !== undefined && match.method !== request.method) return false;
  const headers: readonly ValueMatch[] = match.headers ?? [];
  if (!headers.every((wanted) => hasValue(wanted, request.headers[wanted.name.toLowerCase()]))) return false;
  const params: readonly ValueMatch[] = match.queryParams ?? [];
  if (params.length === 0) return true;
  const given = new URLSearchParams(query);
  return params.every((wanted) => hasValue(wanted, given.get(wanted.name) ?? undefined));
}

interface ValueMatch {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}

function hasValue(wanted: ValueMatch, given: string | readonly string[] | undefined): boolean {
  if (given === undefined) return false;
  const text = typeof given === 'string' ? given : given.join(',');
  return wanted.type === 'RegularExpression' ? matchesPattern(wanted.value, text) : text === wanted.value;
}

function matchesPath({ type, value }: Entry['path'], pathname: string): boolean {
  if (type === 'Exact') return pathname === value;
  if (type === 'RegularExpression') return matchesPattern(value, pathname);
  const prefix = value.endsWith('/') ? value.slice(0, -1) : value;
  return pathname === prefix || pathname.startsWith(`${prefix}/`);
}

/** Whether the whole text matches; a pattern that cannot be read matches nothing, and the proxy goes on. */
function matchesPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}
