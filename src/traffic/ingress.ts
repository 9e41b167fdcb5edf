import { at, listAt } from '../base/index.ts';
import type { KindRef, KubeObject } from '../cluster/index.ts';

/**
 * Ingresses are read and never steered: their controllers follow the endpoints of the Service that they name, so moving
 * its selector moves what they send.
 */
export const ingressKind: KindRef = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };

/** A rule of an Ingress that sends to a Service, as callers write its address. */
export interface IngressDoor {
  /** Undefined: any host. */
  readonly host: string | undefined;
  readonly path: string;
}

/** Whether an Ingress sends anything to a Service. */
export function ingressLeadsTo(object: KubeObject, service: string): boolean {
  return object.kind === 'Ingress' && doorsTo(object, service).length > 0;
}

/** The rules that send to a Service; the default backend comes last, as it takes what no rule does. */
export function doorsTo(ingress: KubeObject, service: string): readonly IngressDoor[] {
  const doors = listAt(ingress, 'spec', 'rules').flatMap((rule) => {
    const ours = listAt(rule, 'http', 'paths').filter((path) => backendOf(path) === service);
    return ours.map((path): IngressDoor => ({ host: hostOf(rule), path: pathOf(path) }));
  });
  const isDefault = at(ingress, 'spec', 'defaultBackend', 'service', 'name') === service;
  return isDefault ? [...doors, { host: undefined, path: '/' }] : doors;
}

function backendOf(path: unknown): unknown {
  return at(path, 'backend', 'service', 'name');
}

function hostOf(rule: unknown): string | undefined {
  const host = at(rule, 'host');
  return typeof host === 'string' && host !== '' ? host : undefined;
}

/** What an implementation reads by rules of its own may be a pattern: only the two plain types are taken as they stand. */
function pathOf(path: unknown): string {
  const value = at(path, 'path');
  const isPlain = ['Exact', 'Prefix'].includes(String(at(path, 'pathType')));
  return typeof value === 'string' && isPlain ? value : '/';
}
