import { at, equalJson, listAt } from '../../base/index.ts';
import { type JsonPatchOperation, type KubeObject, replaceField } from '../../cluster/index.ts';

/** Operations that give a Service the ports of another; none when it has them. */
export function portOperations(object: KubeObject, wanted: KubeObject): JsonPatchOperation[] {
  const ports = at(wanted, 'spec', 'ports');
  if (!Array.isArray(ports) || hasPorts(object, ports)) return [];
  return replaceField(object, ['spec', 'ports'], ports);
}

/** Ports are compared by what was given: the server has filled in the rest. */
function hasPorts(object: KubeObject, ports: readonly Record<string, unknown>[]): boolean {
  const standing = at(object, 'spec', 'ports');
  return (
    Array.isArray(standing) &&
    ports.length === standing.length &&
    ports.every((port, index) =>
      Object.entries(port).every(([key, value]) => equalJson(at(standing, index, key), value)),
    )
  );
}

/** Names of a Service's ports; one that has no name is empty. */
export function portNames(service: KubeObject | undefined): readonly string[] {
  return listAt(service, 'spec', 'ports').map((port) => String(at(port, 'name') ?? ''));
}

export function portNumbers(service: KubeObject): readonly number[] {
  return listAt(service, 'spec', 'ports').map((port) => Number(at(port, 'port')));
}
