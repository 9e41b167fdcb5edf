import { deploymentOf, routeOf, serviceOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { isInPath } from '../programs.ts';
import { deadlineSetting, type Ended, type Tool } from '../tool.ts';

/** A plain Deployment, as most people have it. */
export const kubectlRollout: Tool = {
  name: 'kubectl-rollout',
  settings: [
    'plain Deployment, `kubectl apply`, `rollout status`, `rollout undo`',
    'rolling update with the default surge and unavailability of 25 %',
    deadlineSetting('progressDeadlineSeconds', 'default 600'),
    'looks at nothing but readiness',
  ].join('; '),
  watches: () => false,
  hindrance: async () => ((await isInPath('kubectl')) ? undefined : 'kubectl is not in PATH'),
  async install(arena, version) {
    await arena.apply(deploymentOf(arena, version), serviceOf(arena, 'shop'), routeOf(arena, 'shop'));
    await settle(arena);
    return {
      async release(next) {
        await arena.apply(deploymentOf(arena, next));
        return settle(arena);
      },
      async takeBack() {
        await arena.kubectl('rollout', 'undo', 'deployment/shop');
        return settle(arena);
      },
      close: async () => {},
    };
  },
};

async function settle({ kubectl }: Arena): Promise<Ended> {
  const { code, output } = await kubectl('rollout', 'status', 'deployment/shop', '--timeout=120s');
  return { succeeded: code === 0, said: output.trim().split('\n').at(-1) ?? '' };
}
