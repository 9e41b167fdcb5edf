import { readFileSync } from 'node:fs';
import { at } from '../../src/base/index.ts';
import { connectTo } from '../support/kube-client.ts';
import type { Slot } from './ready-pods.ts';

/** One eviction, as a drained node asks for it. */
export interface Eviction {
  /** When it was asked: the title of the wave. */
  readonly wave: string;
  readonly slot: Slot;
  readonly pod: string;
  /** 201: the pod goes. 429: its budget has no room. */
  readonly status: number;
  /** The server's words, where it says no. */
  readonly message: string;
}

/** Asks the eviction API for pods, as `kubectl drain` does. */
export async function openDrainer(kubeconfig: string, namespace: string) {
  const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
  const headers = { 'content-type': 'application/json', accept: 'application/json' };

  async function evict(pod: string) {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
    const answer = await client.ask({ method: 'POST', path, headers, body: JSON.stringify(body) });
    const message = answer.status < 300 ? '' : String(at(answer.body, 'message') ?? '');
    return { status: answer.status, message };
  }

  return {
    /** One after the other, with no pause that would let the controllers catch up. */
    async drain(
      wave: string,
      pods: readonly { readonly name: string; readonly slot: Slot }[],
    ): Promise<readonly Eviction[]> {
      const answers: Eviction[] = [];
      for (const { name, slot } of pods) answers.push({ wave, slot, pod: name, ...(await evict(name)) });
      return answers;
    },
    close: () => client.close(),
  };
}
