import { at, isJsonObject } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';

export type Container = Readonly<Record<string, unknown>>;

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

export function podSpecOf(workload: KubeObject): unknown {
  return at(workload, 'spec', 'template', 'spec');
}

/** The containers that run as long as the pod does; sidecars among the init containers too. */
export function containersOf(workload: KubeObject): readonly Container[] {
  const listed = (field: string) => {
    const list = at(podSpecOf(workload), field);
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  };
  const sidecars = listed('initContainers').filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...listed('containers'), ...sidecars];
}

export function portsOf(workload: KubeObject): readonly ContainerPort[] {
  return containersOf(workload).flatMap((container) => {
    const ports = container.ports;
    return (Array.isArray(ports) ? ports : []).map((port) => {
      const hostPort = at(port, 'hostPort');
      return {
        container: String(container.name),
        name: String(at(port, 'name') ?? ''),
        number: Number(at(port, 'containerPort')),
        protocol: String(at(port, 'protocol') ?? 'TCP'),
        hostPort: hostPort === undefined ? undefined : Number(hostPort),
      };
    });
  });
}
