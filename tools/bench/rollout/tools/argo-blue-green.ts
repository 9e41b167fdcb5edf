import { at, type JsonObject } from '../../../../src/base/index.ts';
import { podTemplate, routeOf, serviceOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { type Checks, deadlineSetting, type Tool } from '../tool.ts';
import { argoHindrance, rolloutOf, settleRollout, startController, undoRollout } from './argo.ts';

const measurements = 8;

/** Argo Rollouts with two Services, and an analysis of the preview before the switch. */
export const argoBlueGreen: Tool = {
  name: 'argo-blue-green',
  settings: [
    'Argo Rollouts v1.9.1, blue-green, autoPromotion, scaleDownDelaySeconds 30 (default)',
    `prePromotionAnalysis: web metric on the preview Service, initialDelay 1 s, ${measurements} x 1 s, consecutiveErrorLimit 0`,
    `${deadlineSetting('progressDeadlineSeconds', 'default 600')}, with abort; rollbackWindow 1 (not default)`,
    'qps 40, burst 80; a controller started anew for each turn, as an analysis within 90 s of another one asks the pods before',
    'the way back is quick within 30 s only',
  ].join('; '),
  watches: (checks) => checks === 'traffic-path',
  hindrance: (arena) => argoHindrance(arena, ['rollouts.argoproj.io', 'analysistemplates.argoproj.io']),
  async install(arena, version, checks) {
    const controller = await startController(arena);
    const rollout = (template: JsonObject) =>
      rolloutOf(arena, template, {
        blueGreen: {
          activeService: 'shop',
          previewService: 'shop-preview',
          autoPromotionEnabled: true,
          prePromotionAnalysis: { templates: [{ templateName: 'preview' }] },
        },
      });
    await arena.apply(serviceOf(arena, 'shop'), serviceOf(arena, 'shop-preview'), routeOf(arena, 'shop'));
    await arena.apply(analysis(arena, await addressOf(arena, 'shop-preview'), checks));
    await arena.apply(rollout(podTemplate(arena, version)));
    await settleRollout(arena);
    return {
      async release(next) {
        await arena.apply(rollout(podTemplate(arena, next)));
        return settleRollout(arena);
      },
      takeBack: () => undoRollout(arena),
      close: () => controller.stop(),
    };
  },
};

/** By address: the cluster of the benchmark has no name service. */
async function addressOf({ cluster, namespace }: Arena, name: string): Promise<string> {
  const service = await cluster.get({ apiVersion: 'v1', kind: 'Service', namespace, name });
  return String(at(service, 'spec', 'clusterIP'));
}

function analysis({ namespace }: Arena, address: string, checks: Checks): JsonObject {
  const web =
    checks === 'traffic-path'
      ? { url: `http://${address}/`, jsonPath: '{$.status}' }
      : { url: `http://${address}/healthz` };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'preview', namespace },
    spec: {
      metrics: [
        {
          name: 'answers',
          initialDelay: '1s',
          interval: '1s',
          count: measurements,
          consecutiveErrorLimit: 0,
          ...(checks === 'traffic-path' ? { successCondition: 'result == 200' } : {}),
          provider: { web: { method: 'GET', timeoutSeconds: 10, ...web } },
        },
      ],
    },
  };
}
