import { at, type JsonObject, systemClock } from '../../../../src/base/index.ts';
import { deploymentOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { type Daemon, isInPath, startDaemon } from '../programs.ts';
import { deadlineSetting, type Ended, type Tool } from '../tool.ts';
import { missingDefinition } from './argo.ts';

/** Flagger over the Gateway API: a canary by weights, and then a rolling change of the primary. */
export const flagger: Tool = {
  name: 'flagger-canary',
  settings: [
    'Flagger v1.44.0, `gatewayapi:v1`, interval 10 s (its floor; default 60 s), threshold 2, stepWeight 20, maxWeight 60',
    'success rate >= 95 % over 10 s, from a Prometheus that scrapes each 1 s',
    deadlineSetting('progressDeadlineSeconds', 'default 600'),
    'the way back: it has no command, so the old manifest with skipAnalysis',
  ].join('; '),
  watches: () => true,
  slow: true,
  async hindrance({ kubeconfig, prometheusUrl }) {
    if (prometheusUrl === undefined) return 'no Prometheus was given';
    for (const program of ['kubectl', 'flagger'])
      if (!(await isInPath(program))) return `${program} is not in PATH`;
    return missingDefinition(kubeconfig, ['canaries.flagger.app', 'metrictemplates.flagger.app']);
  },
  async install(arena, version) {
    const controller = await start(arena);
    await arena.apply(successRate(arena), deploymentOf(arena, version), canary(arena, false));
    await reach(arena, ['Initialized'], 120);
    return {
      async release(next) {
        await arena.apply(deploymentOf(arena, next));
        await leave(arena, ['Initialized', 'Succeeded', 'Failed']);
        return reach(arena, ['Succeeded', 'Failed'], 150);
      },
      async takeBack() {
        await arena.apply(canary(arena, true), deploymentOf(arena, version));
        await leave(arena, ['Succeeded', 'Failed']);
        return reach(arena, ['Succeeded', 'Failed'], 120);
      },
      close: () => controller.stop(),
    };
  },
};

function start({ inside, kubeconfig, prometheusUrl, namespace }: Arena): Promise<Daemon> {
  const flags = [
    `-kubeconfig=${kubeconfig}`,
    `-namespace=${namespace}`,
    '-mesh-provider=gatewayapi:v1',
    `-metrics-server=${prometheusUrl}`,
    '-log-level=info',
  ];
  return startDaemon([...inside, 'flagger', ...flags], () => {});
}

async function phaseOf({ cluster, namespace, hear }: Arena): Promise<{ phase: string; message: string }> {
  const found = await cluster.get({
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    namespace,
    name: 'shop',
  });
  const conditions = at(found, 'status', 'conditions');
  const message = String(at(Array.isArray(conditions) ? conditions.at(-1) : undefined, 'message') ?? '');
  hear(message);
  return { phase: String(at(found, 'status', 'phase') ?? ''), message };
}

async function reach(arena: Arena, phases: readonly string[], seconds: number): Promise<Ended> {
  const giveUpAt = performance.now() + seconds * 1_000;
  for (;;) {
    const { phase, message } = await phaseOf(arena);
    if (phases.includes(phase)) return { succeeded: phase !== 'Failed', said: `${phase}: ${message}` };
    if (performance.now() > giveUpAt)
      return { succeeded: false, said: `still ${phase} after ${seconds} s: ${message}` };
    await systemClock.sleep(100);
  }
}

async function leave(arena: Arena, phases: readonly string[]): Promise<void> {
  const giveUpAt = performance.now() + 40_000;
  while (phases.includes((await phaseOf(arena)).phase) && performance.now() < giveUpAt)
    await systemClock.sleep(100);
}

function canary({ namespace, hostname, deadlineSeconds }: Arena, skipAnalysis: boolean): JsonObject {
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'shop', namespace },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      progressDeadlineSeconds: deadlineSeconds,
      skipAnalysis,
      service: {
        port: 80,
        targetPort: 8080,
        hosts: [hostname],
        gatewayRefs: [{ name: 'web', namespace: 'default' }],
      },
      analysis: {
        interval: '10s',
        threshold: 2,
        stepWeight: 20,
        maxWeight: 60,
        metrics: [
          { name: 'success', templateRef: { name: 'success' }, thresholdRange: { min: 95 }, interval: '10s' },
        ],
      },
    },
  };
}

function successRate({ namespace, prometheusUrl }: Arena): JsonObject {
  const pods = `namespace="{{ namespace }}",pod=~"{{ target }}-[0-9a-z]+-[0-9a-z]+",pod!~"{{ target }}-primary-.*"`;
  const of = (more: string) => `sum(rate(http_requests_total{${pods}${more}}[{{ interval }}]))`;
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'MetricTemplate',
    metadata: { name: 'success', namespace },
    spec: {
      provider: { type: 'prometheus', address: prometheusUrl ?? '' },
      query: `100 * ${of(',code!~"5.."')} / ${of('')}`,
    },
  };
}
