import { createHash } from 'node:crypto';
import { at, canonicalJson, isJsonObject } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';

/** What the manifests ask for, sorted into the parts of a release. */
export interface Desired {
  readonly workload: KubeObject;
  /** The app's own Service. */
  readonly service: KubeObject;
  /** HTTPRoutes of the manifests that send to the Service. */
  readonly routes: readonly KubeObject[];
  /** Everything else: applied before the candidate starts, never undone or pruned. */
  readonly others: readonly KubeObject[];
  /** `sha256:` of the pod template. */
  readonly template: string;
}

export interface DesiredRequest {
  readonly app: string;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
  /** Images to run instead: `image`, or `container=image`. */
  readonly images: readonly string[];
}

export type DesiredAnswer = { readonly desired: Desired } | { readonly problems: readonly string[] };

/** Finds workload, Service and routes among the objects; answers with every problem when the parts do not fit. */
export function findDesired({ app, namespace, objects, images }: DesiredRequest): DesiredAnswer {
  const problems: string[] = [];
  const placed = objects.map((object) => place(object, namespace, problems));
  const workload = one(placed, 'Deployment', app, problems);
  const service = one(placed, 'Service', app, problems);
  if (workload === undefined || service === undefined) return { problems };

  const imaged = images.reduce((current, image) => withImage(current, image, problems), workload);
  problems.push(...workloadProblems(imaged), ...serviceProblems(service, imaged));
  const routes = placed.filter((object) => sendsTo(object, service.metadata.name));
  const others = placed.filter(
    (object) => object !== workload && object !== service && !routes.includes(object),
  );
  problems.push(...others.flatMap((object) => otherWorkloadProblems(object)));
  if (problems.length > 0) return { problems };
  return { desired: { workload: imaged, service, routes, others, template: hashTemplate(imaged) } };
}

export function hashTemplate(workload: KubeObject): string {
  return `sha256:${createHash('sha256')
    .update(canonicalJson(at(workload, 'spec', 'template') ?? null))
    .digest('hex')}`;
}

/** Objects without a namespace go to the release's; one that names another is a mistake that we do not guess about. */
function place(object: KubeObject, namespace: string, problems: string[]): KubeObject {
  const given = object.metadata.namespace;
  if (given !== undefined && given !== namespace && isPart(object)) {
    problems.push(
      `${object.kind} ${object.metadata.name} names namespace ${given}, but the release is for ${namespace}: change one of them`,
    );
  }
  if (given !== undefined || object.kind === 'Namespace' || object.kind.startsWith('Cluster')) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function isPart({ kind }: KubeObject): boolean {
  return kind === 'Deployment' || kind === 'Service' || kind === 'HTTPRoute';
}

function one(
  objects: readonly KubeObject[],
  kind: string,
  app: string,
  problems: string[],
): KubeObject | undefined {
  const all = objects.filter((object) => object.kind === kind);
  const named = all.filter((object) => object.metadata.name === app);
  if (named.length === 1) return named[0];
  if (named.length === 0 && all.length === 1) return all[0];
  const found = all.map(({ metadata }) => metadata.name).join(', ') || 'none';
  problems.push(
    named.length > 1
      ? `The manifests hold ${named.length} objects ${kind} ${app}: keep one of them`
      : `The manifests should hold one ${kind} named ${app}; found: ${found}`,
  );
  return undefined;
}

function containersOf(workload: KubeObject): readonly Record<string, unknown>[] {
  const containers = at(workload, 'spec', 'template', 'spec', 'containers');
  return Array.isArray(containers) ? containers.filter(isJsonObject) : [];
}

function withImage(workload: KubeObject, image: string, problems: string[]): KubeObject {
  const match = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(image);
  const containers = containersOf(workload);
  const name = match?.[1] ?? containers[0]?.name;
  if (match === null && containers.length > 1) {
    problems.push(
      `image: the workload has the containers ${containers.map((entry) => inWords(entry.name)).join(', ')}; say which one: container=${image}`,
    );
  }
  if (!containers.some((container) => container.name === name)) {
    problems.push(`image: the workload has no container ${inWords(name)}`);
    return workload;
  }
  const changed = containers.map((container) =>
    container.name === name ? { ...container, image: match?.[2] ?? image } : container,
  );
  const spec = workload.spec as Record<string, unknown>;
  const template = spec.template as Record<string, unknown>;
  const podSpec = template.spec as Record<string, unknown>;
  return {
    ...workload,
    spec: { ...spec, template: { ...template, spec: { ...podSpec, containers: changed } } },
  };
}

function workloadProblems(workload: KubeObject): string[] {
  const name = `Deployment ${workload.metadata.name}`;
  const problems: string[] = [];
  const labels = at(workload, 'spec', 'template', 'metadata', 'labels') ?? {};
  const selector = at(workload, 'spec', 'selector', 'matchLabels') ?? {};
  const unmatched = Object.entries(selector).filter(([key, value]) => at(labels, key) !== value);
  if (Object.keys(selector).length === 0) problems.push(`${name} has no spec.selector.matchLabels`);
  if (unmatched.length > 0) {
    problems.push(
      `${name}: its selector asks for ${pairs(unmatched)}, which its pod template does not carry`,
    );
  }
  if (containersOf(workload).length === 0) problems.push(`${name} has no containers`);
  if (!containersOf(workload).some((container) => container.readinessProbe !== undefined)) {
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

function serviceProblems(service: KubeObject, workload: KubeObject): string[] {
  const name = `Service ${service.metadata.name}`;
  const labels = at(workload, 'spec', 'template', 'metadata', 'labels') ?? {};
  const selector = Object.entries(at(service, 'spec', 'selector') ?? {});
  if (selector.length === 0) return [`${name} has no selector, so it would never reach the pods`];
  const unmatched = selector.filter(([key, value]) => at(labels, key) !== value);
  if (unmatched.length === 0) return [];
  return [
    `${name} selects ${pairs(unmatched)}, which the pod template of ${workload.metadata.name} does not carry`,
  ];
}

function otherWorkloadProblems({ kind, metadata }: KubeObject): string[] {
  if (kind !== 'Deployment') return [];
  return [
    `Deployment ${metadata.name} is a second workload: release it by its own name, with manifests of its own`,
  ];
}

function sendsTo(object: KubeObject, service: string): boolean {
  if (object.kind !== 'HTTPRoute') return false;
  const rules = at(object, 'spec', 'rules');
  if (!Array.isArray(rules)) return false;
  return rules.some((rule) => {
    const refs = at(rule, 'backendRefs');
    return Array.isArray(refs) && refs.some((ref) => at(ref, 'name') === service);
  });
}

function pairs(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([key, value]) => `${key}=${inWords(value)}`).join(', ');
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}
