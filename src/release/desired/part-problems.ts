import { at, isJsonObject, listAt } from '../../base/index.ts';
import { type KubeObject, matchesSelector } from '../../cluster/index.ts';
import { containersIn, podLabels, podSpecOf } from './pod-template.ts';

/** Why the Deployment cannot be released as it stands. */
export function workloadProblems(workload: KubeObject): string[] {
  const name = `Deployment ${workload.metadata.name}`;
  const problems: string[] = [];
  const labels = podLabels(workload);
  const selector = at(workload, 'spec', 'selector');
  const unmatched = Object.entries(at(selector, 'matchLabels') ?? {}).filter(
    ([key, value]) => at(labels, key) !== value,
  );
  if (unmatched.length > 0) {
    problems.push(
      `${name}: its selector asks for ${pairs(unmatched)}, which its pod template does not carry`,
    );
  } else if (!hasSelector(selector)) {
    problems.push(`${name} has no spec.selector: give it the labels of its pods`);
  } else if (!matchesSelector(selector, labels)) {
    problems.push(`${name}: the expressions of its selector do not match the labels of its pod template`);
  }
  const containers = containersIn(podSpecOf(workload));
  if (containers.length === 0) problems.push(`${name} has no containers`);
  if (!containers.some((container) => container.readinessProbe !== undefined)) {
    problems.push(
      `${name} has no readinessProbe, so nobody can tell when it may receive traffic: give one to the container that serves`,
    );
  }
  if (at(workload, 'spec', 'strategy', 'type') === 'Recreate') {
    problems.push(
      `${name} has strategy Recreate, which means that two versions must not run at once: blue-green needs that`,
    );
  }
  if (at(workload, 'spec', 'paused') === true) problems.push(`${name} is paused: its pods would never start`);
  if (at(workload, 'spec', 'replicas') === 0)
    problems.push(`${name} asks for 0 replicas: nothing could be proven`);
  return problems;
}

/** Why the app's own Service cannot reach the pods. */
export function serviceProblems(service: KubeObject, workload: KubeObject): string[] {
  const name = `Service ${service.metadata.name}`;
  const labels = podLabels(workload);
  const selector = Object.entries(at(service, 'spec', 'selector') ?? {});
  if (at(service, 'spec', 'type') === 'ExternalName') {
    return [
      `${name} has type ExternalName, which only names another host: give it a selector that finds the pods, and type ClusterIP`,
    ];
  }
  if (selector.length === 0) return [`${name} has no selector, so it would never reach the pods`];
  const unmatched = selector.filter(([key, value]) => at(labels, key) !== value);
  if (unmatched.length === 0) return [];
  return [
    `${name} selects ${pairs(unmatched)}, which the pod template of ${workload.metadata.name} does not carry`,
  ];
}

/** A list that ends in a lone dash holds a null. */
export function portProblems(service: KubeObject): string[] {
  const ports = at(service, 'spec', 'ports');
  if (ports == null || (Array.isArray(ports) && ports.every(isJsonObject))) return [];
  return [`Service ${service.metadata.name}: each of spec.ports must be an object like { port: 80 }`];
}

function hasSelector(selector: unknown): boolean {
  return (
    Object.keys(at(selector, 'matchLabels') ?? {}).length > 0 ||
    listAt(selector, 'matchExpressions').length > 0
  );
}

function pairs(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([key, value]) => `${key}=${inWords(value)}`).join(', ');
}

/** A value of a manifest as messages show it. */
export function inWords(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}
