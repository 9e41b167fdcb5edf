import { silentLog } from '../base/index.ts';
import { startGarbageCollector } from './api/collect-garbage.ts';
import type { ApiContext, Scope } from './api/context.ts';
import { createApi } from './api/handle.ts';
import { createObject } from './api/write.ts';
import { ingressController } from './controllers/ingress-status.ts';
import { createFaults } from './faults-injected.ts';
import { apiVersionOf, createCatalog, resources } from './resources.ts';
import type { Runtime } from './runtime/runtime.ts';
import type { SandboxOptions } from './sandbox.ts';
import type { ResourceType } from './store.ts';
import { createStore, type StoreLimits } from './store-memory.ts';

/** The API and its garbage collector. Until a runtime is attached objects are stored, and nobody acts on them. */
export function startApi(options: Omit<SandboxOptions, 'pods'> & StoreLimits) {
  const { clock, log = silentLog, endpointDelayMs = 100, propagationDelayMs = 200 } = options;
  const store = createStore(clock, options);
  const catalog = createCatalog();
  const faults = createFaults({ endpointMs: endpointDelayMs, propagationMs: propagationDelayMs });
  let runtime: Runtime | undefined;
  const context: ApiContext = { store, catalog, clock, log, faults, runtime: () => runtime };
  const garbage = startGarbageCollector(context);
  const api = createApi(context, () => {
    for (const type of catalog.all()) garbage.watch(type);
  });
  createFirstObjects(context);
  return {
    api,
    context,
    attach(started: Runtime): void {
      runtime = started;
    },
    stop: garbage.stop,
  };
}

function createFirstObjects(context: ApiContext): void {
  const create = (
    type: ResourceType,
    namespace: string,
    name: string,
    fields: Readonly<Record<string, unknown>> = {},
    annotations?: Readonly<Record<string, string>>,
  ): void => {
    const scope: Scope = {
      type,
      namespace,
      name,
      subresource: '',
      query: new URLSearchParams(),
      manager: 'sandbox',
    };
    const metadata = {
      name,
      ...(namespace && { namespace }),
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      ...(annotations && { annotations: { ...annotations } }),
    };
    createObject(context, scope, { apiVersion: apiVersionOf(type), kind: type.kind, metadata, ...fields });
  };
  create(resources.namespaces, '', 'default');
  create(resources.namespaces, '', 'kube-system');
  create(resources.gatewayclasses, '', 'sandbox', { spec: { controllerName: 'streamgate.io/sandbox' } });
  create(
    resources.ingressclasses,
    '',
    'sandbox',
    { spec: { controller: ingressController } },
    {
      'ingressclass.kubernetes.io/is-default-class': 'true',
    },
  );
  const listener = {
    name: 'http',
    port: 80,
    protocol: 'HTTP',
    allowedRoutes: { namespaces: { from: 'All' } },
  };
  create(resources.gateways, 'default', 'web', {
    spec: { gatewayClassName: 'sandbox', listeners: [listener] },
  });
}
