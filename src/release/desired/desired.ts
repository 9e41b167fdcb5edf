import { createHash } from 'node:crypto';
import { at, canonicalJson, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { typeProblems } from './field-types.ts';
import { sharedPodProblems, sortOthers } from './other-objects.ts';
import { portProblems, serviceProblems, workloadProblems } from './part-problems.ts';
import { isPart, nameProblems, noneAmong, preferHome } from './parts.ts';
import { findServices } from './services.ts';
import { sortCompanions } from './sort-companions.ts';
import { findUnfitWorkload } from './unfit-workload.ts';
import { imageProblems, unrenderedProblems } from './unrendered.ts';
import { withImage } from './with-image.ts';

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
  return listAt(object, 'spec', 'rules')
    .flatMap((rule) => listAt(rule, 'backendRefs'))
    .some((ref) => at(ref, 'name') === service);
}
