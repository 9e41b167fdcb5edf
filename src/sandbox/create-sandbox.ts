import { StreamGateError } from '../base/index.ts';
import { type ApiServer, startApiServer } from './api/server.ts';
import { resources } from './resources.ts';
import { startRuntime } from './runtime/start-runtime.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { startApi } from './start-api.ts';
import type { Store, StoredObject } from './store.ts';

/** The Gateway names the port on which it really listens, so that its address can be found as on any cluster. */
function publishPort(store: Store, port: number): void {
  store.update(resources.gateways, 'default', 'web', (gateway) => {
    const listeners = gateway.spec.listeners.map((listener: StoredObject) => ({ ...listener, port }));
    return { ...gateway, spec: { ...gateway.spec, listeners } };
  });
}

/** Starts an embedded cluster with the namespaces `default` and `kube-system` and the Gateway `web`. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { api, context, attach, stop } = startApi(options);
  const { store, clock, log, faults } = context;
  const runtime = await startRuntime({ store, clock, log, options, delays: faults.delays });
  attach(runtime);
  if (runtime.gatewayUrl !== '') publishPort(store, Number(new URL(runtime.gatewayUrl).port));
  let server: ApiServer | undefined;
  let isGood: ((token: string) => boolean) | undefined;
  return {
    handle: api.handle,
    async listen(port) {
      if (server !== undefined) throw new StreamGateError('Usage', 'the sandbox listens already');
      server = await startApiServer(context, api, {
        port,
        isGood: (token, own) => isGood?.(token) ?? token === own,
      });
      return { url: server.url, kubeconfig: server.kubeconfig };
    },
    acceptTokens(changed) {
      isGood = changed;
    },
    get gatewayUrl() {
      return runtime.gatewayUrl;
    },
    faults,
    requests: api.requests,
    get gatewayLog() {
      return runtime.gatewayLog;
    },
    serviceUrl(namespace, service, wanted) {
      const { host, port } = runtime.serviceAddress(namespace, service, wanted);
      return `http://${host}:${port}`;
    },
    get nodeAddress() {
      return runtime.nodeAddress;
    },
    fakeAnswer: (host, target) => runtime.fakeAnswer(host, target),
    fakeServiceAnswer: (namespace, service, port) => runtime.fakeServiceAnswer(namespace, service, port),
    fakePodAnswer: (namespace, pod) => runtime.fakePodAnswer(namespace, pod),
    setDesiredReplicas: (namespace, name, replicas) => runtime.setDesiredReplicas(namespace, name, replicas),
    killPod: (namespace, name) => runtime.killPod(namespace, name),
    async close() {
      stop();
      await server?.close();
      await runtime.stop();
    },
  };
}
