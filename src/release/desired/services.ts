import { at } from '../../base/index.ts';
import { type KubeObject, selectsLabels } from '../../cluster/index.ts';
import { noneAmong, preferHome } from './parts.ts';
import { podLabels } from './pod-template.ts';

/** The Services of the manifests that reach the workload. */
export interface FoundServices {
  /** The app's own: the one that routes name, and whose callers a release counts. */
  readonly entry: KubeObject;
  /** The others: metrics, a headless one, a NodePort. They move together with the app's own. */
  readonly followers: readonly KubeObject[];
}

export interface ServiceRequest {
  readonly app: string;
  readonly namespace: string;
  /** Name of the app's own Service, where it is not that of the app. */
  readonly service?: string | undefined;
}

/** Finds the app's own Service and those that select the same pods; undefined, with a problem told, when that is unclear. */
export function findServices(
  objects: readonly KubeObject[],
  workload: KubeObject | undefined,
  request: ServiceRequest,
  problems: string[],
): FoundServices | undefined {
  const labels = podLabels(workload);
  const selecting = objects.filter(
    (object) =>
      isService(object) &&
      object.metadata.namespace === workload?.metadata.namespace &&
      selectsLabels(at(object, 'spec', 'selector'), labels),
  );
  const entry = chooseEntry(objects, selecting, request, problems);
  if (entry === undefined) return undefined;
  return { entry, followers: selecting.filter((service) => service !== entry) };
}

function isService({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'Service' && apiVersion === 'v1';
}

function chooseEntry(
  objects: readonly KubeObject[],
  selecting: readonly KubeObject[],
  { app, namespace, service }: ServiceRequest,
  problems: string[],
): KubeObject | undefined {
  const services = preferHome(objects.filter(isService), namespace);
  const wanted = service ?? app;
  const named = services.filter(({ metadata }) => metadata.name === wanted);
  if (named.length > 1) {
    problems.push(`The manifests hold ${named.length} objects Service ${wanted}: keep one of them`);
    return undefined;
  }
  if (named[0] !== undefined) return named[0];
  if (service === undefined && services.length === 1) return services[0];
  if (service === undefined && selecting.length === 1) return selecting[0];
  const found = services.map(({ metadata }) => metadata.name).join(', ') || noneAmong(objects);
  const choose = service === undefined && services.length > 0 ? '; or say which with `service`' : '';
  problems.push(`The manifests should hold one Service named ${wanted}; found: ${found}${choose}`);
  return undefined;
}
