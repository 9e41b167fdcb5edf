import type { JsonObject } from '../../../../src/base/index.ts';
import { podTemplate, serviceOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { deadlineSetting, type Tool } from '../tool.ts';
import { argoHindrance, rolloutOf, settleRollout, startController, undoRollout } from './argo.ts';

/** Argo Rollouts with weights of Traefik's own objects, and a background analysis of what callers get. */
export const argoCanary: Tool = {
  name: 'argo-canary',
  settings: [
    'Argo Rollouts v1.9.1, canary by its built-in Traefik router (TraefikService, IngressRoute), not by the Gateway API',
    'weights 20, 50, 100 with two pauses of 5 s',
    'background analysis each 2 s: success rate of the canary >= 95 % over 5 s, from a Prometheus that scrapes each 1 s (usual: 15 to 30 s)',
    `${deadlineSetting('progressDeadlineSeconds', 'default 600')}, with abort; rollbackWindow 1 (not default), scaleDownDelay 30 s (default)`,
    'qps 40, burst 80; the way back is quick within 30 s only',
  ].join('; '),
  watches: () => true,
  async hindrance(arena) {
    if (arena.prometheusUrl === undefined) return 'no Prometheus was given';
    return argoHindrance(arena, [
      'rollouts.argoproj.io',
      'traefikservices.traefik.io',
      'ingressroutes.traefik.io',
    ]);
  },
  async install(arena, version) {
    const controller = await startController(arena);
    const rollout = (template: JsonObject, canary: string) =>
      rolloutOf(arena, template, {
        canary: {
          stableService: 'shop',
          canaryService: 'shop-canary',
          trafficRouting: { traefik: { weightedTraefikServiceName: 'shop' } },
          analysis: { templates: [{ templateName: 'canary' }], args: [{ name: 'version', value: canary }] },
          steps: [
            { setWeight: 20 },
            { pause: { duration: '5s' } },
            { setWeight: 50 },
            { pause: { duration: '5s' } },
            { setWeight: 100 },
          ],
        },
      });
    await arena.apply(
      serviceOf(arena, 'shop'),
      serviceOf(arena, 'shop-canary'),
      weights(arena),
      entry(arena),
      analysis(arena),
      rollout(podTemplate(arena, version), version.name),
    );
    await settleRollout(arena);
    return {
      async release(next) {
        await arena.apply(rollout(podTemplate(arena, next), next.name));
        return settleRollout(arena);
      },
      takeBack: () => undoRollout(arena),
      close: () => controller.stop(),
    };
  },
};

function weights({ namespace }: Arena): JsonObject {
  const services = ['shop', 'shop-canary'].map((name) => ({ name, port: 80 }));
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'TraefikService',
    metadata: { name: 'shop', namespace },
    spec: { weighted: { services } },
  };
}

function entry({ namespace, hostname }: Arena): JsonObject {
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { name: 'shop', namespace },
    spec: {
      entryPoints: ['web'],
      routes: [
        {
          kind: 'Rule',
          match: `Host(\`${hostname}\`)`,
          services: [{ kind: 'TraefikService', name: 'shop' }],
        },
      ],
    },
  };
}

function analysis({ namespace, prometheusUrl }: Arena): JsonObject {
  const of = (more: string) =>
    `sum(rate(http_requests_total{namespace="${namespace}",version="{{args.version}}"${more}}[5s]))`;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'canary', namespace },
    spec: {
      args: [{ name: 'version' }],
      metrics: [
        {
          name: 'success-rate',
          interval: '2s',
          initialDelay: '2s',
          // No traffic yet is no verdict.
          successCondition: 'len(result) == 0 || isNaN(result[0]) || result[0] >= 0.95',
          provider: {
            prometheus: { address: prometheusUrl ?? '', query: `${of(',code!~"5.."')} / ${of('')}` },
          },
        },
      ],
    },
  };
}
