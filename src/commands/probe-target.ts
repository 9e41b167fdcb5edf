import { isIP } from 'node:net';
import { at, StreamGateError } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';

/** Where the prober sends its requests. */
export interface ProbeTarget {
  readonly url: URL;
  /** Host name to ask for; undefined when the URL has it. */
  readonly host: string | undefined;
}

export interface ProbeInputs {
  readonly probeUrl: string | undefined;
  readonly probeHost: string | undefined;
}

/** The real entry point: as given, or found from the route and the address of its Gateway. */
export async function findProbeTarget(
  inputs: ProbeInputs,
  route: KubeObject | undefined,
  cluster: Cluster,
): Promise<ProbeTarget> {
  const host = publicName(at(route, 'spec', 'hostnames', 0));
  const given = givenTarget(inputs, host);
  if (given !== undefined) return given;
  const url = route === undefined ? undefined : await gatewayUrl(route, cluster);
  if (url !== undefined) return { url, host };
  throw unknownTarget('the Gateway of the route publishes an address');
}

/** The address that a person gave; `host` is the public name behind it, when it is a bare address. */
export function givenTarget(inputs: ProbeInputs, host: string | undefined): ProbeTarget | undefined {
  if (inputs.probeUrl === undefined) return undefined;
  const url = new URL(inputs.probeUrl);
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  return { url, host: inputs.probeHost ?? (isAddress ? host : undefined) };
}

export function unknownTarget(onlyWhen: string): StreamGateError {
  return new StreamGateError(
    'Usage',
    'The address of the entry point is not known, so lost requests could not be counted',
    {
      remedy:
        'Give `probe-url` (how callers reach the app), or accept with `probe-from: none` that loss is not measured. ' +
        `It is found by itself only when ${onlyWhen}.`,
    },
  );
}

/** A name with a wildcard stands for any name below it. */
export function publicName(name: unknown): string | undefined {
  return typeof name === 'string' ? name.replace(/^\*/, 'streamgate-probe') : undefined;
}

/** `10.0.0.1` or `[::1]`, as a URL has it. */
export function authorityOf(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

/** Undefined where what the cluster publishes makes no address: a route may name a listener that is not there. */
export function addressOrNone(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

async function gatewayUrl(route: KubeObject, cluster: Cluster): Promise<URL | undefined> {
  const parent = at(route, 'spec', 'parentRefs', 0);
  const name = at(parent, 'name');
  if (typeof name !== 'string') return undefined;
  const namespace = String(at(parent, 'namespace') ?? route.metadata.namespace ?? '');
  const ref = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', namespace, name };
  const gateway = await cluster.get(ref);
  const address = at(gateway, 'status', 'addresses', 0, 'value');
  const listeners = at(gateway, 'spec', 'listeners');
  if (typeof address !== 'string' || !Array.isArray(listeners)) return undefined;
  const wanted = at(parent, 'sectionName');
  const listener = listeners.find((entry) => wanted === undefined || at(entry, 'name') === wanted);
  const scheme = at(listener, 'protocol') === 'HTTPS' ? 'https' : 'http';
  return addressOrNone(
    `${scheme}://${authorityOf(address)}:${String(at(listener, 'port'))}${firstPath(route)}`,
  );
}

function firstPath(route: KubeObject): string {
  const match = at(route, 'spec', 'rules', 0, 'matches', 0, 'path');
  const value = at(match, 'value');
  return typeof value === 'string' && at(match, 'type') !== 'RegularExpression' ? value : '/';
}
