import { at, listAt } from '../../base/index.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';
import { portsOf } from './workload.ts';

/** What the app's own Service is, and what its callers will meet because of it. */
export const findServiceTroubles: Check = async ({ request: { desired } }) => {
  const { service } = desired;
  const name = `Service ${service.metadata.name}`;
  const spec = (field: string) => at(service, 'spec', field);
  const findings: Finding[] = [];
  if (spec('clusterIP') === 'None') {
    findings.push(
      warn(
        `${name} is headless: callers inside the cluster look the pods up themselves, and keep to those that they found`,
        'Have them look up again soon, or give the Service an address; callers of the route do not notice.',
      ),
    );
  }
  if (spec('sessionAffinity') === 'ClientIP') {
    findings.push(
      warn(
        `${name} has sessionAffinity ClientIP: callers inside the cluster stay with an old pod until it goes or their session ends`,
        'Keep sessions outside of the pods, or expect old answers inside the cluster for that long.',
      ),
    );
  }
  if (spec('externalTrafficPolicy') === 'Local') {
    findings.push(
      warn(
        `${name} has externalTrafficPolicy Local: a node without a pod of the new version drops what comes to it from outside`,
        'Spread the pods over all nodes that receive traffic, or use Cluster.',
      ),
    );
  }
  return [...findings, ...missingPorts(name, listAt(service, 'spec', 'ports'), desired.workload)];
};

/** A Service that sends to a port by a name that no container has offers nothing. */
function missingPorts(
  name: string,
  ports: readonly unknown[],
  workload: Parameters<typeof portsOf>[0],
): Finding[] {
  const known = portsOf(workload).map((port) => port.name);
  return ports
    .map((port) => at(port, 'targetPort'))
    .filter((target) => typeof target === 'string' && !/^\d+$/.test(target) && !known.includes(target))
    .map((target) =>
      refuse(
        `${name} sends to port ${String(target)}, and no container has a port of this name`,
        'Give the port of the container this `name`, or let `targetPort` name another one.',
      ),
    );
}
