import type { JsonObject } from '../../../../src/base/index.ts';
import type { Arena, ArenaOptions } from '../arena.ts';
import { type Daemon, isInPath, runProgram, startDaemon } from '../programs.ts';
import type { Ended } from '../tool.ts';

/** Started anew for each turn: its HTTP client would keep connections to the pods of the turn before. */
export async function startController({ inside, kubeconfig, namespace }: Arena): Promise<Daemon> {
  const flags = [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--namespaced',
    `--namespace=${namespace}`,
    '--qps=40',
    '--burst=80',
    '--traefik-api-group=traefik.io',
    '--traefik-api-version=traefik.io/v1alpha1',
  ];
  return startDaemon([...inside, 'rollouts-controller', ...flags], () => {});
}

export async function argoHindrance(
  { kubeconfig }: ArenaOptions,
  definitions: readonly string[],
): Promise<string | undefined> {
  for (const program of ['kubectl', 'rollouts-controller', 'kubectl-argo-rollouts'])
    if (!(await isInPath(program))) return `${program} is not in PATH`;
  return missingDefinition(kubeconfig, definitions);
}

export async function missingDefinition(
  kubeconfig: string,
  definitions: readonly string[],
): Promise<string | undefined> {
  for (const name of definitions) {
    const { code } = await runProgram(['kubectl', `--kubeconfig=${kubeconfig}`, 'get', 'crd', name]);
    if (code !== 0) return `the cluster does not know ${name}`;
  }
  return undefined;
}

export function rolloutOf(arena: Arena, template: JsonObject, strategy: JsonObject): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'shop', namespace: arena.namespace },
    spec: {
      replicas: arena.replicas,
      progressDeadlineSeconds: arena.deadlineSeconds,
      progressDeadlineAbort: true,
      rollbackWindow: { revisions: 1 },
      selector: { matchLabels: { app: 'shop' } },
      template,
      strategy,
    },
  };
}

/** Follows a rollout to its end: healthy, or degraded. `status` only ends by itself once the new one was seen. */
export async function settleRollout(arena: Arena, timeoutSeconds = 90): Promise<Ended> {
  const { code, output } = await plugin(arena, 'status', 'shop', `--timeout=${timeoutSeconds}s`);
  return { succeeded: code === 0, said: output.trim().split('\n').slice(-2).join(' ') };
}

export async function undoRollout(arena: Arena): Promise<Ended> {
  await plugin(arena, 'undo', 'shop');
  return settleRollout(arena);
}

function plugin({ kubeconfig, namespace, hear }: Arena, ...args: readonly string[]) {
  const words = ['kubectl-argo-rollouts', `--kubeconfig=${kubeconfig}`, `--namespace=${namespace}`, ...args];
  return runProgram(words, { onOutput: hear });
}
