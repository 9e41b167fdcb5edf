import { StreamGateError } from '../../base/index.ts';
import { startAutoscalerController } from '../controllers/autoscaler.ts';
import { startDeploymentController } from '../controllers/deployment.ts';
import { startDisruptionBudgetController } from '../controllers/disruption-budget.ts';
import { startEndpointSliceController } from '../controllers/endpoint-slices.ts';
import { createEventRecorder } from '../controllers/events.ts';
import { servesIngress, startIngressStatusController } from '../controllers/ingress-status.ts';
import { startJobController } from '../controllers/job.ts';
import { startReplicaSetController } from '../controllers/replica-set.ts';
import { startResourceQuotaController } from '../controllers/resource-quota.ts';
import { isGranted, namespaceLabels, startRouteStatusController } from '../controllers/route-status.ts';
import { startScaledObjectController } from '../controllers/scaled-object.ts';
import { findImage, findPrograms } from '../images.ts';
import { watchLate } from '../late-view.ts';
import { resources } from '../resources.ts';
import type { GatewayLogEntry } from '../sandbox.ts';
import { fakeAddresses, reserveAddresses } from './addresses.ts';
import { fakeContainers, processContainers } from './container.ts';
import { type Endpoint, watchEndpoints } from './endpoints.ts';
import { createFakeAnswers } from './fake-answer.ts';
import { startGateway } from './gateway.ts';
import { ingressEntries } from './ingress-routes.ts';
import { startKubelet } from './kubelet.ts';
import { compileRoutes, type KeptTurns, type RouteSources } from './route-table.ts';
import type { Runtime, RuntimeContext } from './runtime.ts';
import { findServicePort, serviceAddress } from './service-address.ts';
import { type ServiceProxy, startServiceProxy } from './service-proxy.ts';

/** Entries that the gateway's log keeps; older ones are dropped. */
const maxLogEntries = 200_000;

/** Brings a store to life: controllers, pods, proxies. */
export async function startRuntime(context: RuntimeContext): Promise<Runtime> {
  const { store, clock, log, options } = context;
  const real = options.pods === 'process';
  const addresses = real ? await reserveAddresses() : fakeAddresses();
  const delayMs = () => context.delays().propagationMs;
  const kubelet = startKubelet(
    {
      store,
      clock,
      log,
      real,
      record: createEventRecorder(store, clock, 'kubelet'),
      onOutput: options.onPodOutput ?? (() => {}),
      start: real ? processContainers(options.programs ?? findPrograms(), clock) : fakeContainers(clock),
      findImage: (reference) => findImage(reference, options.images),
    },
    addresses,
  );

  function podAddress(namespace: string, name: string, port: number) {
    const worker = kubelet.find(namespace, name);
    if (worker === undefined) return undefined;
    const mapped = worker.containers
      .map((container) => container.hostPort(port))
      .find((found) => found !== undefined);
    return { host: worker.address, port: mapped ?? port };
  }
  const address = ({ namespace, pod, port }: Endpoint) => podAddress(namespace, pod, port);

  const kept: KeptTurns = new Map();
  const compile = () => {
    const sources: RouteSources = {
      routes: routes.objects.values(),
      gateway: (key) => gateways.objects.get(key),
      service: (key) => services.objects.get(key),
      namespaceLabels: (namespace) => namespaceLabels(store, namespace),
      isGranted: (route, namespace, service) => isGranted(store, route, namespace, service),
      endpoints: endpoints.of,
    };
    const served = [...ingresses.objects.values()].filter((ingress) => servesIngress(store, ingress));
    return compileRoutes(sources, kept, ingressEntries(sources, served));
  };
  let proxy: ServiceProxy | undefined;
  const endpoints = watchEndpoints(store, clock, delayMs, (namespace, service) =>
    proxy?.refresh(namespace, service),
  );
  const recompile = () => {
    table = compile();
  };
  const routes = watchLate(store, clock, delayMs, resources.httproutes, recompile);
  const ingresses = watchLate(store, clock, delayMs, resources.ingresses, recompile);
  const classes = watchLate(store, clock, delayMs, resources.ingressclasses, recompile);
  const gateways = watchLate(store, clock, delayMs, resources.gateways, recompile);
  const services = watchLate(store, clock, delayMs, resources.services, recompile);
  let table = compile();

  const gatewayLog: GatewayLogEntry[] = [];
  const onRequest = (entry: GatewayLogEntry) => {
    gatewayLog.push(entry);
    if (gatewayLog.length > maxLogEntries) gatewayLog.splice(0, maxLogEntries / 10);
  };
  const gateway = real ? await startGateway({ table: () => table, address, onRequest }) : undefined;
  if (real)
    proxy = startServiceProxy({ store, clock, log, delayMs, endpoints, address, node: addresses.node });
  const fakeAnswers = createFakeAnswers(() => table, kubelet);
  const autoscalers = startAutoscalerController(context);
  const stops = [
    autoscalers.stop,
    startResourceQuotaController(context),
    startScaledObjectController(context),
    startJobController(context),
    startDisruptionBudgetController(context),
    startDeploymentController(context),
    startReplicaSetController(context),
    startEndpointSliceController(context),
    startRouteStatusController(context),
    startIngressStatusController(context),
    endpoints.stop,
    routes.stop,
    ingresses.stop,
    classes.stop,
    gateways.stop,
    services.stop,
  ];

  return {
    serviceNetwork: addresses.serviceNetwork,
    nodeAddress: addresses.node,
    podLog: kubelet.readLog,
    podAddress,
    gatewayUrl: gateway?.url ?? '',
    gatewayLog,
    fakeAnswer: (host, target = '/') => fakeAnswers.throughGateway(host, target),
    fakeServiceAnswer(namespace, name, wanted) {
      const { portName } = findServicePort(store, namespace, name, wanted);
      return fakeAnswers.ofService(endpoints.of(namespace, name, portName));
    },
    fakePodAnswer: fakeAnswers.ofPod,
    serviceAddress(namespace, name, wanted) {
      const address = serviceAddress(store, namespace, name, wanted);
      // A pod may not have got the port that its manifest says.
      const pod = kubelet.findByAddress(address.host);
      return pod === undefined ? address : (podAddress(...pod, address.port) ?? address);
    },
    setDesiredReplicas: autoscalers.setDesiredReplicas,
    killPod(namespace, name) {
      const worker = kubelet.find(namespace, name);
      if (worker === undefined) {
        throw new StreamGateError('NotFound', `there is no running pod ${namespace}/${name} to kill`);
      }
      worker.crash();
    },
    async stop() {
      for (const stop of stops) stop();
      await Promise.all([gateway?.stop(), proxy?.stop(), kubelet.stop()]);
      addresses.release();
    },
  };
}
