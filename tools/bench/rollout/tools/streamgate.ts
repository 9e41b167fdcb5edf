import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../../runner.ts';
import { type AppVersion, deploymentOf, routeOf, serviceOf } from '../app.ts';
import type { Arena } from '../arena.ts';
import { type Checks, deadlineSetting, type Ended, type Tool } from '../tool.ts';

const settings = { probeRate: 100, observe: '3s' };

/** The built actions, started as a runner starts them. */
export const streamgate: Tool = {
  name: 'streamgate',
  settings: [
    'the built actions `bluegreen-deploy` and `rollback`, started as a runner starts them',
    `\`observe: ${settings.observe}\` (default 10s), \`probe-rate: ${settings.probeRate}\` (default 10; this traffic comes on top of the load)`,
    `${deadlineSetting('`progress-deadline`', 'default 5m')}; \`rollback-window: 10m\` (default)`,
    'checks: `GET /` is 200, or only those derived from the probe',
    'floors: a proof by answers takes 0.25 s after each change (0.5 s with a probe rate below 50); a baseline takes 1 s',
  ].join('; '),
  watches: () => true,
  hindrance: async () => undefined,
  async install(arena, version, checks) {
    const first = await deploy(arena, version, 'probe-path');
    if (!first.succeeded) throw new Error(`the first release: ${first.said}`);
    return {
      release: (next) => deploy(arena, next, checks),
      takeBack: () => run(arena, 'rollback', 'rollback', {}),
      close: async () => {},
    };
  },
};

function deploy(arena: Arena, version: AppVersion, checks: Checks): Promise<Ended> {
  const workspace = join(arena.output, arena.namespace, version.name);
  mkdirSync(workspace, { recursive: true });
  const items = [deploymentOf(arena, version), serviceOf(arena, 'shop'), routeOf(arena, 'shop')];
  writeFileSync(join(workspace, 'app.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return run(arena, 'bluegreen-deploy', workspace, {
    manifests: 'app.json',
    observe: settings.observe,
    'progress-deadline': `${arena.deadlineSeconds}s`,
    'rollback-window': '10m',
    ...(checks === 'traffic-path' ? { smoke: '- path: /\n  status: 200\n' } : {}),
  });
}

async function run(
  arena: Arena,
  name: string,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Ended> {
  const folder = workspace === name ? join(arena.output, arena.namespace, name) : workspace;
  mkdirSync(folder, { recursive: true });
  const { code, outputs, stderr } = await runAction({
    from: arena.from,
    name,
    workspace: folder,
    onOutput: arena.hear,
    inputs: {
      app: 'shop',
      namespace: arena.namespace,
      kubeconfig: arena.kubeconfig,
      'probe-url': `${arena.url}/`,
      'probe-host': arena.hostname,
      'probe-rate': String(settings.probeRate),
      'report-dir': 'report',
      ...inputs,
    },
  });
  const { outcome = '', reason = stderr.slice(-400), evidence } = outputs;
  return {
    succeeded: code === 0,
    said: `${outcome}: ${reason}`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}
