import type { FakeAnswer } from '../sandbox.ts';
import type { EndpointSet } from './endpoints.ts';
import type { Kubelet } from './kubelet.ts';
import type { RouteTable } from './route-table.ts';

/** What requests would meet now, for pods without sockets. */
export interface FakeAnswers {
  throughGateway(host: string, target: string): FakeAnswer;
  /** From inside the cluster. `endpoints` is undefined when there is no such Service or port. */
  ofService(endpoints: EndpointSet | undefined): FakeAnswer;
  ofPod(namespace: string, pod: string): FakeAnswer;
}

/** The pods answer by the knobs of the demo program, spread as evenly as the program does it. */
export function createFakeAnswers(table: () => RouteTable, kubelet: Kubelet): FakeAnswers {
  const requests = new Map<string, number>();

  /** 500 for the share of `ERROR_RATE`, and for all after `ERROR_AFTER`. */
  function statusOf(key: string, env: Readonly<Record<string, string>>): number {
    const count = (requests.get(key) ?? 0) + 1;
    requests.set(key, count);
    if (env.ERROR_AFTER && count > Number(env.ERROR_AFTER)) return 500;
    const rate = Number(env.ERROR_RATE || 0);
    return Math.floor(count * rate + 1e-9) > Math.floor((count - 1) * rate + 1e-9) ? 500 : 200;
  }

  function ofService(endpoints: EndpointSet | undefined): FakeAnswer {
    const endpoint = endpoints?.next();
    if (endpoint === undefined) return { status: 503, pod: '', env: {} };
    return ofPod(endpoint.namespace, endpoint.pod);
  }

  function ofPod(namespace: string, pod: string): FakeAnswer {
    const worker = kubelet.find(namespace, pod);
    const container = worker?.containers.find(({ isReal, facts }) => isReal && facts().ready);
    // A proxy still believes in a pod that is gone or starts anew: the connection would be refused.
    if (worker === undefined || container === undefined) return { status: 502, pod, env: {} };
    const { env } = container;
    return { status: statusOf(worker.pod.metadata.uid, env), pod, env };
  }

  return {
    ofService,
    ofPod,
    throughGateway(host, target) {
      const name = host.replace(/:\d+$/, '').toLowerCase();
      const picked = table().pick({ host: name, method: 'GET', target, headers: {} });
      return 'status' in picked ? { status: picked.status, pod: '', env: {} } : ofService(picked.endpoints);
    },
  };
}
