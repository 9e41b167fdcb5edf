import { at, type JsonObject, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { containersIn, podSpecOf } from '../desired/pod-template.ts';

/** One port that a container says it listens on. */
export interface ContainerPort {
  readonly container: string;
  /** Empty when it has none. */
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  /** Undefined when it takes none of its node. */
  readonly hostPort: number | undefined;
}

export function workloadName({ metadata }: KubeObject): string {
  return `Deployment ${metadata.name}`;
}

/** The containers that run as long as the pod does; sidecars among the init containers too. */
export function lastingContainers(workload: KubeObject): readonly JsonObject[] {
  const podSpec = podSpecOf(workload);
  const sidecars = containersIn(podSpec, 'initContainers').filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return [...containersIn(podSpec), ...sidecars];
}

export function portsOf(workload: KubeObject): readonly ContainerPort[] {
  return lastingContainers(workload).flatMap((container) =>
    listAt(container.ports).map((port) => {
      const hostPort = at(port, 'hostPort');
      return {
        container: String(container.name),
        name: String(at(port, 'name') ?? ''),
        number: Number(at(port, 'containerPort')),
        protocol: String(at(port, 'protocol') ?? 'TCP'),
        hostPort: hostPort === undefined ? undefined : Number(hostPort),
      };
    }),
  );
}
