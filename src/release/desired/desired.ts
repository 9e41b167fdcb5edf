import { createHash } from 'node:crypto';
import { at, canonicalJson, isJsonObject } from '../../base/index.ts';
import { type KubeObject, matchesSelector } from '../../cluster/index.ts';
import { sortCompanions } from './companions.ts';
import { typeProblems } from './field-types.ts';
import { sharedPodProblems, sortOthers } from './other-objects.ts';
import { isPart, nameProblems, noneAmong, preferHome } from './parts.ts';
import { findServices } from './services.ts';
import { findUnfitWorkload } from './unfit-workload.ts';
import { imageProblems, unrenderedProblems } from './unrendered.ts';

/** What the manifests ask for, sorted into the parts of a release. */
export interface Desired {
  readonly workload: KubeObject;
  /** The app's own Service. */
  readonly service: KubeObject;
  /** Further Services that select the workload: they move together with the app's own. */
  readonly followers: readonly KubeObject[];
  /** HTTPRoutes of the manifests that send to the Service. */
  readonly routes: readonly KubeObject[];
  /** At most one HorizontalPodAutoscaler (autoscaling/v2) of the workload: each slot gets one made of it. */
  readonly autoscalers: readonly KubeObject[];
  /** PodDisruptionBudgets that cover the pods of the workload. */
  readonly budgets: readonly KubeObject[];
  /** Everything else: applied before the candidate starts, never undone or pruned. */
  readonly others: readonly KubeObject[];
  /** Of everything else, what asks to be applied after the candidate was promoted. */
  readonly later: readonly KubeObject[];
  /** ConfigMaps and Secrets that exist for this release alone, under the names that the pod template gives them. */
  readonly copies: readonly KubeObject[];
  /** `sha256:` of the pod template. */
  readonly template: string;
}

export interface DesiredRequest {
  readonly app: string;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
  /** Images to run instead: `image`, or `container=image`. */
  readonly images: readonly string[];
  /** Name of the Deployment to release, where it is not that of the app. */
  readonly workload?: string | undefined;
  /** Name of the app's own Service, where it is not that of the app. */
  readonly service?: string | undefined;
}

export type DesiredAnswer = { readonly desired: Desired } | { readonly problems: readonly string[] };

/** Finds workload, Services and routes among the objects; answers with every problem when the parts do not fit. */
export function findDesired(request: DesiredRequest): DesiredAnswer {
  const { namespace, objects, images } = request;
  const problems: string[] = [];
  const placed = objects.map((object) => place(object, namespace, problems));
  problems.push(...placed.flatMap(nameProblems));
  problems.push(...placed.flatMap(unrenderedProblems), ...placed.flatMap(typeProblems));
  const unfit = findUnfitWorkload(placed, request.workload ?? request.app);
  if (unfit !== undefined) return { problems: [...problems, unfit] };
  const workload = findWorkload(placed, request, problems);
  const services = findServices(placed, workload, request, problems);
  if (workload === undefined || services === undefined) return { problems };

  const { entry: service, followers } = services;
  const imaged = images.reduce((current, image) => withImage(current, image, problems), workload);
  problems.push(
    ...workloadProblems(imaged),
    ...imageProblems(imaged),
    ...serviceProblems(service, imaged),
    ...[service, ...followers].flatMap(portProblems),
  );
  const routes = placed.filter((object) => sendsTo(object, service.metadata.name));
  const parts = [workload, service, ...followers, ...routes];
  const beside = placed.filter((object) => !parts.includes(object));
  problems.push(...sharedPodProblems(beside, services), ...takenNameProblems(beside, request.app));
  const { autoscalers, budgets, rest } = sortCompanions(beside, imaged, problems);
  const { others, later } = sortOthers(rest, problems);
  if (problems.length > 0) return { problems };
  const template = hashTemplate(imaged);
  const companions = { autoscalers, budgets };
  return {
    desired: {
      workload: imaged,
      service,
      followers,
      routes,
      ...companions,
      others,
      later,
      copies: [],
      template,
    },
  };
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

function findWorkload(
  objects: readonly KubeObject[],
  { app, namespace, workload }: DesiredRequest,
  problems: string[],
): KubeObject | undefined {
  const wanted = workload ?? app;
  const all = preferHome(
    objects.filter((object) => object.kind === 'Deployment' && isPart(object)),
    namespace,
  );
  const named = all.filter((object) => object.metadata.name === wanted);
  if (named.length === 1) return named[0];
  if (named.length === 0 && all.length === 1 && workload === undefined) return all[0];
  const found = all.map(({ metadata }) => metadata.name).join(', ') || noneAmong(objects);
  const choose = workload === undefined && all.length > 0 ? '; or say which with `workload`' : '';
  problems.push(
    named.length > 1
      ? `The manifests hold ${named.length} objects Deployment ${wanted}: keep one of them`
      : `The manifests should hold one Deployment named ${wanted}; found: ${found}${choose}`,
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
function portProblems(service: KubeObject): string[] {
  const ports = at(service, 'spec', 'ports');
  if (ports == null || (Array.isArray(ports) && ports.every(isJsonObject))) return [];
  return [`Service ${service.metadata.name}: each of spec.ports must be an object like { port: 80 }`];
}

function hasSelector(selector: unknown): boolean {
  const [labels, expressions] = [at(selector, 'matchLabels'), at(selector, 'matchExpressions')];
  return Object.keys(labels ?? {}).length > 0 || (Array.isArray(expressions) && expressions.length > 0);
}

/** The slots need their names for themselves. */
function takenNameProblems(objects: readonly KubeObject[], app: string): string[] {
  return objects
    .filter((object) => isPart(object) && isSlotName(object.metadata.name, app))
    .map(
      ({ kind, metadata }) =>
        `${kind} ${metadata.name} has a name that the slots of ${app} need for themselves: call it otherwise`,
    );
}

function isSlotName(name: string, app: string): boolean {
  return name === `${app}-blue` || name === `${app}-green`;
}

function sendsTo(object: KubeObject, service: string): boolean {
  if (object.kind !== 'HTTPRoute' || !isPart(object)) return false;
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
