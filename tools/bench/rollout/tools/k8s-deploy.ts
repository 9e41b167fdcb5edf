import type { JsonObject } from '../../../../src/base/index.ts';
import { type AppVersion, deploymentOf, labels, podTemplate, routeOf, serviceOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { isInPath } from '../programs.ts';
import { deadlineSetting, type Ended, type Tool } from '../tool.ts';

const color = 'k8s.deploy.color';
type Color = 'green' | 'None';

/**
 * The order of calls of Azure/k8s-deploy v7 with `strategy: blue-green` and `route-method: service`, done by kubectl; not
 * the action itself. `deploy`: apply the green workload, route, then look at the rollout. `promote`: apply the workload
 * without a suffix, look at its rollout, route, delete the green one. `reject`: route back, delete the green one.
 */
export const k8sDeploy: Tool = {
  name: 'k8s-deploy',
  settings: [
    'calls of Azure/k8s-deploy v7, blue-green by Service, re-enacted with kubectl in their order',
    'version-switch-buffer 0 (default; its unit is a minute)',
    deadlineSetting('time-out', 'default 10 min'),
    'a good release is `deploy` and `promote` without a pause; a bad one is left before `promote`, by `reject`',
    'back from a finished release: there is only another release',
  ].join('; '),
  watches: () => false,
  hindrance: async () => ((await isInPath('kubectl')) ? undefined : 'kubectl is not in PATH'),
  async install(arena, version) {
    await arena.apply(workload(arena, version, 'None'), service(arena, 'None'), routeOf(arena, 'shop'));
    await settle(arena, 'None');
    return {
      async release(next) {
        const deployed = await deploy(arena, next);
        // Nobody promotes what errs.
        const looksWell = deployed.succeeded && Object.keys(next.env).length === 0;
        return looksWell ? promote(arena, next) : deployed;
      },
      takeBack: async (from) => {
        if (from === 'bad') return reject(arena);
        await deploy(arena, version);
        return promote(arena, version);
      },
      close: async () => {},
    };
  },
};

async function deploy(arena: Arena, version: AppVersion): Promise<Ended> {
  await arena.apply(workload(arena, version, 'green'));
  await arena.apply(service(arena, 'green'));
  return settle(arena, 'green');
}

async function promote(arena: Arena, version: AppVersion): Promise<Ended> {
  await arena.apply(workload(arena, version, 'None'));
  const ended = await settle(arena, 'None');
  await arena.apply(service(arena, 'None'));
  await arena.kubectl('delete', 'deployment/shop-green', '--wait=false');
  return ended;
}

async function reject(arena: Arena): Promise<Ended> {
  await arena.apply(service(arena, 'None'));
  const { code, output } = await arena.kubectl('delete', 'deployment/shop-green', '--wait=false');
  return { succeeded: code === 0, said: output.trim() };
}

function workload(arena: Arena, version: AppVersion, of: Color): JsonObject {
  const deployment = deploymentOf(arena, version);
  return {
    ...deployment,
    metadata: { name: nameOf(of), namespace: arena.namespace },
    spec: {
      replicas: arena.replicas,
      progressDeadlineSeconds: arena.deadlineSeconds,
      selector: { matchLabels: { ...labels, [color]: of } },
      template: podTemplate(arena, version, { [color]: of }),
    },
  };
}

function service(arena: Arena, of: Color): JsonObject {
  return serviceOf(arena, 'shop', { ...labels, [color]: of });
}

function nameOf(of: Color): string {
  return of === 'green' ? 'shop-green' : 'shop';
}

async function settle({ kubectl, deadlineSeconds }: Arena, of: Color): Promise<Ended> {
  const deployment = `deployment/${nameOf(of)}`;
  const { code, output } = await kubectl('rollout', 'status', deployment, `--timeout=${deadlineSeconds}s`);
  return { succeeded: code === 0, said: output.trim().split('\n').at(-1) ?? '' };
}
