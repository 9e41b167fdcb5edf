import { at, type Clock, type Milliseconds, StreamGateError } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import type { Gate } from '../evidence/index.ts';
import type { Candidate, RunRequest } from '../release/index.ts';
import {
  deriveChecks,
  type HttpCheck,
  parseChecks,
  type ServicePort,
  smokeGate,
  type VersionSource,
} from '../smoke/index.ts';

export interface CandidateSmokeOptions {
  /** Hand-written checks, besides those derived from probes and ports. */
  readonly checks: readonly HttpCheck[];
  readonly timeoutMs: Milliseconds;
  readonly version: VersionSource;
  readonly clock: Clock;
}

/** The smoke test as a gate of a release: on every pod of the candidate, past every Service. */
export function candidateSmoke({
  checks,
  timeoutMs,
  version,
  clock,
}: CandidateSmokeOptions): Gate<Candidate> {
  return {
    name: 'smoke',
    check({ pods, workload, service }, deadline) {
      const template = at(workload, 'spec', 'template');
      const derived = deriveChecks(template, servicePorts(service));
      const defaultPort = podPort(service, workloadAsPod(workload));
      const gate = smokeGate({
        checks: [...derived, ...checks],
        clock,
        version: { source: version },
        defaultPort,
      });
      return gate.check({ pods }, deadline.within(timeoutMs, 'The smoke test'));
    },
  };
}

/** Short, and asked once: a pod that does not say is a pod that does not say. */
const identifyMs = 3_000;
const anyStatus = ['2xx', '3xx', '4xx', '5xx'];
/** Where the way to the pod did not open, a moment later it may. */
const waysTried = 3;
const nextWayMs = 250;

/**
 * Asks a pod, past every Service, what it calls itself, with the request that the prober will send.
 * Throws `Failed` when there is no way to it.
 */
export function identifyPods(
  cluster: Cluster,
  namespace: string,
  path: string,
  version: VersionSource,
  clock: Clock,
): RunRequest['identify'] {
  return async (pod, service, deadline) => {
    if (version.kind === 'none') return [];
    const object = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod.name });
    const port = podPort(service, object);
    const { checks = [] } = parseChecks([
      { path, status: anyStatus, answers: 1, ...(port === undefined ? {} : { port }) },
    ]);
    const patience = { attempts: 1, attemptMs: identifyMs };
    const gate = smokeGate({ checks, clock, version: { source: version }, defaultPort: port, patience });
    const within = deadline.within(identifyMs, 'The question for the version');
    for (let tries = 1; ; tries += 1) {
      const { verdict, observations, reason, versionsSeen } = await gate.check({ pods: [pod] }, within);
      if (verdict !== 'invalid') return versionsSeen;
      const why = observations.map(({ name, seen }) => `${name} ${seen}`).join(', ');
      const unasked = new StreamGateError('Failed', why || reason);
      if (tries === waysTried) throw unasked;
      await clock.sleep(nextWayMs, within.signal).catch((thrown: unknown) => {
        throw thrown instanceof StreamGateError && thrown.code === 'Timeout' ? unasked : thrown;
      });
    }
  };
}

export function servicePorts(service: KubeObject): readonly ServicePort[] {
  const ports = at(service, 'spec', 'ports');
  return Array.isArray(ports) ? ports : [];
}

function workloadAsPod(workload: KubeObject): unknown {
  return at(workload, 'spec', 'template');
}

/** The pod's port behind the first port of the Service; a name is looked up among the containers. */
export function podPort(service: KubeObject, pod: unknown): number | undefined {
  const [first] = servicePorts(service);
  const target = first?.targetPort ?? first?.port;
  if (typeof target !== 'string') return target;
  const containers = at(pod, 'spec', 'containers');
  if (!Array.isArray(containers)) return undefined;
  const ports = containers.flatMap((container) => at(container, 'ports') ?? []);
  const named = ports.find((port) => at(port, 'name') === target);
  const number = at(named, 'containerPort');
  return typeof number === 'number' ? number : undefined;
}
