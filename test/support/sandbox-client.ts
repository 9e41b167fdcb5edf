import type { Sandbox } from '../../src/sandbox/index.ts';
import type { StoredObject } from '../../src/sandbox/store.ts';

/** The few calls of the Kubernetes API that tests of the sandbox make, without a socket. */
export function sandboxClient(sandbox: Sandbox, namespace: string) {
  const paths: Readonly<Record<string, string>> = {
    Pod: `/api/v1/namespaces/${namespace}/pods`,
    Service: `/api/v1/namespaces/${namespace}/services`,
    Event: `/api/v1/namespaces/${namespace}/events`,
    Deployment: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    Ingress: `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
    Job: `/apis/batch/v1/namespaces/${namespace}/jobs`,
    HTTPRoute: `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes`,
  };

  async function text(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<string> {
    const { status, body: chunks } = await sandbox.handle({
      method,
      path,
      headers: { 'content-type': type, accept: 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    let answer = '';
    for await (const chunk of chunks) answer += chunk;
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${answer}`);
    return answer;
  }

  async function list(kind: string): Promise<readonly StoredObject[]> {
    return JSON.parse(await text('GET', `${paths[kind]}`)).items;
  }

  return {
    createNamespace: () => text('POST', '/api/v1/namespaces', { metadata: { name: namespace } }),
    create: (apiVersion: string, kind: string, name: string, spec: unknown) =>
      text('POST', `${paths[kind]}`, { apiVersion, kind, metadata: { name }, spec }),
    patch: (kind: string, name: string, patch: unknown) =>
      text('PATCH', `${paths[kind]}/${name}`, patch, 'application/merge-patch+json'),
    remove: (kind: string, name: string) => text('DELETE', `${paths[kind]}/${name}`),
    get: async (kind: string, name: string): Promise<StoredObject> =>
      JSON.parse(await text('GET', `${paths[kind]}/${name}`)),
    list,
    log: (pod: string, query = '') => text('GET', `${paths.Pod}/${pod}/log${query}`),
    readyPods: async () =>
      (await list('Pod')).filter(
        ({ metadata, status }) =>
          metadata.deletionTimestamp === undefined &&
          status?.conditions?.some((c: StoredObject) => c.type === 'Ready' && c.status === 'True'),
      ),
  };
}

/** Waits on the real clock until it holds; patience.mjs bounds the test. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
