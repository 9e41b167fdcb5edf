import { createVirtualClock, type Milliseconds, silentLog } from '../../src/base/index.ts';
import { resources } from '../../src/sandbox/resources.ts';
import { startRuntime } from '../../src/sandbox/runtime/start-runtime.ts';
import type { ResourceType, StoredObject } from '../../src/sandbox/store.ts';
import { createStore } from '../../src/sandbox/store-memory.ts';

export const namespace = 'shop';
export const delays = { endpointMs: 50, propagationMs: 70 } as const;

/** Controllers and pods without processes over a store, on a clock that jumps. */
export async function startFakeCluster() {
  const clock = createVirtualClock();
  const store = createStore(clock);
  const options = { clock, pods: 'fake' } as const;
  const runtime = await startRuntime({ store, clock, log: silentLog, options, delays: () => delays });

  const create = (
    type: ResourceType,
    name: string,
    fields: Readonly<Record<string, unknown>>,
  ): StoredObject =>
    store.create(type, {
      apiVersion: type.group ? `${type.group}/${type.version}` : type.version,
      kind: type.kind,
      metadata: { name, namespace },
      ...fields,
    });

  return {
    clock,
    store,
    runtime,
    create,
    get: (type: ResourceType, name: string) => store.get(type, namespace, name),
    list: (type: ResourceType) => store.list(type, namespace),
    pods: () => store.list(resources.pods, namespace),

    /** Merges fields into the spec, as a person editing the object would. */
    edit(type: ResourceType, name: string, spec: Readonly<Record<string, unknown>>): void {
      store.update(type, namespace, name, (current) => ({ ...current, spec: { ...current.spec, ...spec } }));
    },

    /** Lets time pass until it holds; fails with what was last seen after ten minutes of the clock. */
    async until(what: string, holds: () => boolean, limitMs: Milliseconds = 600_000): Promise<void> {
      const end = clock.monotonic() + limitMs;
      while (!holds()) {
        if (clock.monotonic() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
        await clock.sleep(20);
      }
    },

    async stop(): Promise<void> {
      await runtime.stop();
      clock.stop();
    },
  };
}

export type FakeCluster = Awaited<ReturnType<typeof startFakeCluster>>;

/** A pod template of the demo program. */
export function template(env: Readonly<Record<string, string>>, image = 'localhost/sample:v1') {
  return {
    metadata: { labels: { app: 'shop' } },
    spec: {
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: 'app',
          image,
          ports: [{ name: 'http', containerPort: 8080 }],
          env: Object.entries(env).map(([name, value]) => ({ name, value })),
        },
      ],
    },
  };
}

export function deploymentSpec(fields: Readonly<Record<string, unknown>>) {
  return { selector: { matchLabels: { app: 'shop' } }, template: template({}), ...fields };
}

export function condition(object: StoredObject | undefined, type: string): StoredObject | undefined {
  const conditions: readonly StoredObject[] = object?.status?.conditions ?? [];
  return conditions.find((candidate) => candidate.type === type);
}

/** Whether a Deployment says that it is where it should be. */
export function isSettled(deployment: StoredObject | undefined): boolean {
  if (deployment === undefined) return false;
  const { spec, status, metadata } = deployment;
  return (
    status?.observedGeneration === metadata.generation &&
    (status?.updatedReplicas ?? 0) === spec?.replicas &&
    (status?.replicas ?? 0) === spec?.replicas &&
    (status?.availableReplicas ?? 0) === spec?.replicas
  );
}
