import { at, listAt } from '../../base/index.ts';
import { type Check, type Finding, warn } from './check.ts';
import { lastingContainers, portsOf, workloadName } from './workload.ts';

/** Weights keep requests away from the candidate, and nothing else: what works by itself begins as soon as it runs. */
export const findUnisolatedWork: Check = async ({ request: { desired } }) => {
  const name = workloadName(desired.workload);
  const findings: Finding[] = [];
  for (const container of lastingContainers(desired.workload)) {
    const subject = `Container ${String(container.name)} of ${name}`;
    if (listAt(container.ports).length === 0 && container.readinessProbe === undefined) {
      findings.push(
        warn(
          `${subject} has neither ports nor a readiness probe: if it takes work from a queue or by the clock, the candidate's does so before it is proven`,
          'Run such work in a Deployment of its own, or make both versions safe side by side.',
        ),
      );
    }
    if (electsLeaders(container)) {
      findings.push(
        warn(
          `${subject} elects a leader among all pods: one of the candidate may lead before it is proven, or one of the old version after the switch`,
          'Make sure that either version may lead while the other one serves.',
        ),
      );
    }
  }
  return [...findings, ...unprobedPort(name, desired)];
};

function electsLeaders({ args, command }: Readonly<Record<string, unknown>>): boolean {
  const words = [command, args].flatMap((list) => listAt(list).map(String));
  return words.some((word) => /^--?(enable-)?leader-elect(ion)?(=true)?$/.test(word));
}

/** Ready says nothing of a port that the readiness probe never asks. */
function unprobedPort(
  name: string,
  { workload, service }: Parameters<Check>[0]['request']['desired'],
): Finding[] {
  const ports = portsOf(workload);
  const numberOf = (port: unknown) =>
    typeof port === 'string' ? ports.find((one) => one.name === port)?.number : Number(port);
  const probed = lastingContainers(workload)
    .map(
      ({ readinessProbe }) =>
        at(readinessProbe, 'httpGet', 'port') ??
        at(readinessProbe, 'tcpSocket', 'port') ??
        at(readinessProbe, 'grpc', 'port'),
    )
    .filter((port) => port !== undefined)
    .map(numberOf);
  const targets = listAt(service, 'spec', 'ports').map((port) =>
    numberOf(at(port, 'targetPort') ?? at(port, 'port')),
  );
  if (probed.length === 0 || targets.some((target) => probed.includes(target))) return [];
  return [
    warn(
      `No readiness probe of ${name} asks a port that Service ${service.metadata.name} sends to (${targets.join(', ')}): its pods count as ready without it`,
      'Let the readiness probe ask the port that serves.',
    ),
  ];
}
