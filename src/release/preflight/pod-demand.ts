import { at, fieldsAt, type JsonObject, listAt, parseQuantity } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { containersIn, takenByPod } from '../desired/pod-template.ts';

/** What containers get that say nothing themselves, by the LimitRanges of the namespace. */
export interface ContainerDefaults {
  readonly requests: JsonObject;
  readonly limits: JsonObject;
}

/** The admission plugin takes the LimitRanges in no settled order; the first that says something counts here. */
export function readDefaults(limitRanges: readonly KubeObject[]): ContainerDefaults {
  const items = limitRanges
    .flatMap((range) => listAt(range, 'spec', 'limits'))
    .filter((item) => at(item, 'type') === 'Container');
  const merged = (field: string): JsonObject =>
    Object.fromEntries(items.toReversed().flatMap((item) => Object.entries(fieldsAt(item, field))));
  const limits = merged('default');
  return { limits, requests: { ...limits, ...merged('defaultRequest') } };
}

/** Names of a quota that are about compute resources of pods: `requests.cpu`, `memory`, `limits.example.com/gpu`. */
export function isCompute(name: string): boolean {
  const { resource } = split(name);
  if (name.startsWith('count/') || resource.includes('.storageclass.')) return false;
  return ['cpu', 'memory', 'ephemeral-storage'].includes(resource) || /^hugepages-|\//.test(resource);
}

/** What one pod of a template takes of a compute resource, with the overhead of its runtime class. Null when a container leaves it open. */
export function podDemand(template: unknown, name: string, defaults: ContainerDefaults): number | null {
  const { side, resource } = split(name);
  const podSpec = at(template, 'spec');
  const overhead = parseQuantity(String(at(podSpec, 'overhead', resource) ?? 0)) ?? 0;
  const ofPod = at(podSpec, 'resources', side, resource);
  if (ofPod !== undefined) return (parseQuantity(String(ofPod)) ?? 0) + overhead;
  const all = [...containersIn(podSpec), ...containersIn(podSpec, 'initContainers')];
  const amount = (container: JsonObject) => amountOf(container, side, resource, defaults);
  if (all.some((container) => amount(container) === undefined)) return null;
  return takenByPod(podSpec, (container) => amount(container) ?? 0) + overhead;
}

/** A pod that asks for nothing and is limited by nothing. */
export function isBestEffort(template: unknown, { requests, limits }: ContainerDefaults): boolean {
  const podSpec = at(template, 'spec');
  const all = [...containersIn(podSpec), ...containersIn(podSpec, 'initContainers')];
  const says = (value: unknown) =>
    Object.keys(fieldsAt(value)).some((key) => key === 'cpu' || key === 'memory');
  if (says(requests) || says(limits)) return false;
  return !all.some(({ resources }) => says(at(resources, 'requests')) || says(at(resources, 'limits')));
}

/** `cpu` alone means requests. */
function split(name: string): { readonly side: 'requests' | 'limits'; readonly resource: string } {
  const match = /^(requests|limits)\.(.+)$/.exec(name);
  return { side: match?.[1] === 'limits' ? 'limits' : 'requests', resource: match?.[2] ?? name };
}

/** A limit without a request counts as the request, too. */
function amountOf(
  { resources }: JsonObject,
  side: 'requests' | 'limits',
  resource: string,
  defaults: ContainerDefaults,
): number | undefined {
  const limit = at(resources, 'limits', resource);
  const given =
    side === 'limits'
      ? (limit ?? defaults.limits[resource])
      : (at(resources, 'requests', resource) ?? limit ?? defaults.requests[resource]);
  return given === undefined ? undefined : (parseQuantity(String(given)) ?? 0);
}
