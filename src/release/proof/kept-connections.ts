import type { KeptConnections } from '../../evidence/index.ts';
import { modeOf } from '../slots/names.ts';
import type { Release } from '../step.ts';

/**
 * Looks at the prober's own connections that were open before the switch. Behind a Service they stay with the pods that
 * were abandoned, and so do those of every caller that keeps one. Null where a route moves the traffic, or nobody can tell.
 */
export function countKept({ names, witness }: Release): KeptConnections | null {
  return modeOf(names) === 'gateway' ? null : (witness?.countKept() ?? null);
}

/** `3 of 8 kept connections still talk to the old version`; undefined when there is nothing to say. */
export function describeKept(kept: KeptConnections | null): string | undefined {
  if (kept === null || kept.connections === 0) return undefined;
  return `${kept.onAbandoned} of ${kept.connections} kept connections still talk to the old version`;
}

/** What the old pods took with them when they went. */
export function describeCut(kept: KeptConnections | null): string | undefined {
  if (kept === null) return undefined;
  const requests = kept.cut === 1 ? '1 request' : `${kept.cut} requests`;
  return `${requests} on kept connections ended without an answer`;
}
