import { at } from '../../base/index.ts';
import { podSpecOf } from '../desired/pod-template.ts';
import { type Check, type Finding, refuse } from './check.ts';
import { portsOf, workloadName } from './workload.ts';

/** Ports that two pods, or two containers of one, cannot both have. */
export const findSharedPorts: Check = async ({ request: { desired } }) => {
  const name = workloadName(desired.workload);
  const ports = portsOf(desired.workload);
  const findings: Finding[] = [];
  for (const { container, hostPort } of ports.filter((port) => (port.hostPort ?? 0) > 0)) {
    findings.push(
      refuse(
        `Container ${container} of ${name} takes port ${hostPort} of its node (hostPort): two versions cannot both have it`,
        'Leave hostPort out and let the Service and the route lead to the pods.',
      ),
    );
  }
  if (at(podSpecOf(desired.workload), 'hostNetwork') === true && ports.length > 0) {
    findings.push(
      refuse(
        `${name} uses the network of its node (hostNetwork) and listens there: two versions cannot both have a port`,
        'Leave hostNetwork out and let the Service and the route lead to the pods.',
      ),
    );
  }
  const twice = <Key>(keyOf: (port: (typeof ports)[number]) => Key) =>
    ports.filter((port, index) => ports.findIndex((other) => keyOf(other) === keyOf(port)) < index);
  for (const { number, protocol, container } of twice((port) => `${port.number}/${port.protocol}`)) {
    findings.push(
      refuse(
        `${name} names port ${number}/${protocol} twice, again in container ${container}: containers of a pod share one network`,
        'Give each container a port of its own.',
      ),
    );
  }
  for (const { name: port, container } of twice((one) => (one.name === '' ? one : one.name))) {
    findings.push(
      refuse(
        `${name} names two ports ${port}, again in container ${container}: a Service that sends to ${port} would reach either`,
        'Give each port a name of its own.',
      ),
    );
  }
  return findings;
};
