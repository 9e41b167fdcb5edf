import { ApiError, notFound } from '../api-error.ts';
import { namespaceOf } from '../controllers/controller.ts';
import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import type { Addresses } from './addresses.ts';
import type { ContainerRunner } from './container-runner.ts';
import { type KubeletContext, type PodWorker, startPod } from './pod-worker.ts';
import type { PodLogRequest } from './runtime.ts';

/** Runs the pods of the store on this machine. */
export interface Kubelet {
  /** The worker of a pod that exists. */
  find(namespace: string, name: string): PodWorker | undefined;
  /** Namespace and name of the pod with this address. */
  findByAddress(address: string): readonly [namespace: string, name: string] | undefined;
  readLog(namespace: string, name: string, request: PodLogRequest): AsyncIterable<string>;
  stop(): Promise<void>;
}

/** Why there is no log yet, where a kubelet says more than the reason of the state. */
const pullWords: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

export function startKubelet(context: KubeletContext, addresses: Addresses): Kubelet {
  const { store, clock } = context;
  const workers = new Map<string, PodWorker>();
  const leaving = new Set<Promise<void>>();
  let stopped = false;

  function look(pod: StoredObject): void {
    if (stopped) return;
    const worker = workers.get(pod.metadata.uid);
    const { deletionTimestamp, deletionGracePeriodSeconds = 30 } = pod.metadata;
    if (worker !== undefined) {
      if (deletionTimestamp !== undefined) worker.terminate(deletionGracePeriodSeconds * 1_000);
      return;
    }
    // Deleted before it ever ran.
    if (deletionTimestamp !== undefined) {
      forget(pod);
      return;
    }
    const started = startPod(context, pod, addresses.next());
    workers.set(pod.metadata.uid, started);
  }

  function forget(pod: StoredObject): void {
    if ((pod.metadata.finalizers ?? []).length === 0) {
      store.remove(resources.pods, namespaceOf(pod), pod.metadata.name);
    }
  }

  function drop(pod: StoredObject): void {
    const worker = workers.get(pod.metadata.uid);
    workers.delete(pod.metadata.uid);
    if (worker === undefined) return;
    const gone = worker.destroy().finally(() => leaving.delete(gone));
    leaving.add(gone);
  }

  const unsubscribe = store.subscribe(resources.pods, ({ type, object, previous }) => {
    if (type === 'DELETED') {
      drop(object);
      return;
    }
    const before = previous?.metadata;
    const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
    const isNews =
      before?.deletionTimestamp !== deletionTimestamp ||
      before?.deletionGracePeriodSeconds !== deletionGracePeriodSeconds;
    // On the clock rather than at once: who creates a pod sees it pending first.
    if (type === 'ADDED' || isNews) clock.after(0, () => lookAgain(object));
  });
  for (const pod of store.list(resources.pods, '')) clock.after(0, () => lookAgain(pod));

  function lookAgain({ metadata: { namespace = '', name, uid } }: StoredObject): void {
    const pod = store.get(resources.pods, namespace, name);
    if (pod?.metadata.uid === uid) look(pod);
  }

  function find(namespace: string, name: string): PodWorker | undefined {
    return workers.get(store.get(resources.pods, namespace, name)?.metadata.uid ?? '');
  }

  return {
    find,

    findByAddress(address) {
      const worker = [...workers.values()].find((candidate) => candidate.address === address);
      return worker && [namespaceOf(worker.pod), worker.pod.metadata.name];
    },

    readLog(namespace, name, request) {
      const worker = find(namespace, name);
      if (worker === undefined) throw notFound(resources.pods, name);
      const container = chooseContainer(worker, request.container);
      if (container === undefined) return nothing();
      const { state } = container.facts();
      if (!request.previous && 'waiting' in state && container.facts().restartCount === 0) {
        const why = pullWords[state.waiting.reason] ?? state.waiting.reason;
        const subject = `container "${container.name}" in pod "${name}"`;
        throw new ApiError('BadRequest', `${subject} is waiting to start: ${why}`);
      }
      const log = request.previous ? container.previousLog : container.log;
      if (log === undefined) {
        const subject = `previous terminated container "${container.name}" in pod "${name}"`;
        throw new ApiError('BadRequest', `${subject} not found`);
      }
      return log.read(request);
    },

    async stop() {
      stopped = true;
      unsubscribe();
      await Promise.all([...[...workers.values()].map((worker) => worker.destroy()), ...leaving]);
      workers.clear();
    },
  };
}

/** Undefined for an init container of which nothing ran. */
function chooseContainer(
  { pod, mains, containers }: PodWorker,
  wanted: string | undefined,
): ContainerRunner | undefined {
  const { name } = pod.metadata;
  const specs: readonly StoredObject[] = pod.spec.initContainers ?? [];
  const inits = specs.map((spec) => String(spec.name));
  const [only, ...others] = mains;
  if (wanted === undefined && others.length === 0) return only;
  if (wanted === undefined) {
    const also = inits.length > 0 ? ` or one of the init containers: [${inits.join(' ')}]` : '';
    const choice = `choose one of: [${mains.map((main) => main.name).join(' ')}]${also}`;
    throw new ApiError('BadRequest', `a container name must be specified for pod ${name}, ${choice}`);
  }
  const container = containers.find((candidate) => candidate.name === wanted);
  if (container === undefined && !inits.includes(wanted))
    throw new ApiError('BadRequest', `container ${wanted} is not valid for pod ${name}`);
  return container;
}

async function* nothing(): AsyncIterable<string> {}
