import type { StoredObject } from '../store.ts';
import type { Backend, Entry, RouteSources } from './route-table.ts';

/** Annotations by which controllers send requests elsewhere, or other requests, than the spec says. */
const rerouting =
  /^(nginx\.ingress\.kubernetes\.io\/(rewrite-target|use-regex|canary.*|app-root|.*-redirect|.*-snippet|auth-.*)|traefik\.ingress\.kubernetes\.io\/router\.middlewares)$/;

/** What Ingresses add to the table of routes: host and path, each to one port of one Service. */
export function ingressEntries(
  sources: Pick<RouteSources, 'service' | 'endpoints'>,
  ingresses: Iterable<StoredObject>,
): readonly Entry[] {
  return [...ingresses].flatMap((ingress) => {
    const { namespace = '', name, creationTimestamp } = ingress.metadata;
    const age = `${creationTimestamp} ${namespace}/${name}`;
    const { rules = [], defaultBackend } = ingress.spec ?? {};
    const isPlain = !Object.keys(ingress.metadata.annotations ?? {}).some((name) => rerouting.test(name));
    const entry = (host: string, path: Entry['path'], backend: StoredObject): Entry => {
      const picked = isPlain ? backendOf(sources, namespace, backend) : ({ status: 501 } as const);
      return { host, path, match: {} as StoredObject, age, pick: () => picked, oneLabel: true };
    };
    const named: readonly StoredObject[] = rules;
    return [
      ...named.flatMap(({ host = '', http }) => {
        const paths: readonly StoredObject[] = http?.paths ?? [];
        return paths.map(({ path = '/', pathType, backend }) =>
          entry(host, { type: pathType === 'Exact' ? 'Exact' : 'PathPrefix', value: path }, backend),
        );
      }),
      ...(defaultBackend === undefined
        ? []
        : [entry('', { type: 'PathPrefix', value: '/' }, defaultBackend)]),
    ];
  });
}

/** Ingress controllers answer 503 where there is no such Service or port, not 500 as the Gateway API wants it. */
function backendOf(
  sources: Pick<RouteSources, 'service' | 'endpoints'>,
  namespace: string,
  backend: StoredObject,
): Backend | { readonly status: 501 | 503 } {
  if (backend.service === undefined) return { status: 501 };
  const { name, port: wanted = {} } = backend.service;
  const ports: readonly StoredObject[] = sources.service(`${namespace}/${name}`)?.spec?.ports ?? [];
  const port = ports.find((declared) =>
    wanted.name ? declared.name === wanted.name : declared.port === wanted.number,
  );
  if (port === undefined) return { status: 503 };
  const endpoints = sources.endpoints(namespace, String(name), String(port.name ?? ''));
  return { service: String(name), endpoints, request: [], response: [] };
}
