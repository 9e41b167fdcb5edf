import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/base/index.ts';
import { type ArenaOptions, closeArena, connectArena, openArena } from './rollout/arena.ts';
import { playTurn, type Scenario, scenarios } from './rollout/scenarios.ts';
import { type Lost, type Row, renderTables } from './rollout/table.ts';
import type { Tool } from './rollout/tool.ts';
import { argoBlueGreen } from './rollout/tools/argo-blue-green.ts';
import { argoCanary } from './rollout/tools/argo-canary.ts';
import { flagger } from './rollout/tools/flagger.ts';
import { k8sDeploy } from './rollout/tools/k8s-deploy.ts';
import { kubectlRollout } from './rollout/tools/kubectl-rollout.ts';
import { streamgate } from './rollout/tools/streamgate.ts';

const allTools: readonly Tool[] = [streamgate, kubectlRollout, k8sDeploy, argoBlueGreen, argoCanary, flagger];

/**
 * Delivery tools side by side: the same app, gateway and load, one tool at a time and in turns, each in a fresh namespace
 * of a real cluster. Prints tables; `--results FILE` keeps every turn as a line of JSON, and `--table` only reads it.
 */
export default async function benchRollout(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kubeconfig: { type: 'string', default: process.env.KUBECONFIG ?? '' },
      url: { type: 'string', default: process.env.GATEWAY_URL ?? '' },
      image: { type: 'string', default: 'localhost/sample:v1' },
      inside: { type: 'string', default: '' },
      prometheus: { type: 'string', default: process.env.PROMETHEUS_URL ?? '' },
      from: { type: 'string', default: '.' },
      rate: { type: 'string', default: '300' },
      replicas: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '10' },
      'other-rounds': { type: 'string', default: '3' },
      tools: { type: 'string', default: allTools.map(({ name }) => name).join(',') },
      scenarios: { type: 'string', default: scenarios.map(({ name }) => name).join(',') },
      results: { type: 'string' },
      table: { type: 'boolean', default: false },
    },
  });
  const output = mkdtempSync(join(tmpdir(), 'streamgate-rollout-'));
  const results = values.results ?? join(output, 'results.jsonl');
  if (!values.table) {
    if (values.kubeconfig === '' || values.url === '')
      throw new Error(
        'a real cluster is needed: set KUBECONFIG and GATEWAY_URL, or give --kubeconfig and --url',
      );
    const options: ArenaOptions = {
      kubeconfig: values.kubeconfig,
      url: values.url.replace(/\/$/, ''),
      image: values.image,
      replicas: Number(values.replicas),
      inside: values.inside.split(' ').filter((word) => word !== ''),
      prometheusUrl: values.prometheus === '' ? undefined : values.prometheus,
      from: values.from,
      output,
    };
    const wanted = (names: string) => (named: { readonly name: string }) =>
      names.split(',').includes(named.name);
    const plan = {
      tools: await runnable(allTools.filter(wanted(values.tools)), options),
      scenarios: scenarios.filter(wanted(values.scenarios)),
      rounds: Number(values.rounds),
      otherRounds: Number(values['other-rounds']),
      rate: Number(values.rate),
    };
    await playAll(plan, options, (line) => appendFileSync(results, `${JSON.stringify(line)}\n`));
  }
  print(results, `${values.rate} requests/s, ${values.replicas} replicas`);
}

/** Those that can run here; why the others cannot is said. */
async function runnable(tools: readonly Tool[], options: ArenaOptions): Promise<readonly Tool[]> {
  const able: Tool[] = [];
  for (const tool of tools) {
    const hindrance = await tool.hindrance(options);
    if (hindrance === undefined) able.push(tool);
    else process.stderr.write(`${tool.name} is left out: ${hindrance}\n`);
  }
  return able;
}

interface Plan {
  readonly tools: readonly Tool[];
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  /** Rounds of all but good releases, and of slow tools. */
  readonly otherRounds: number;
  readonly rate: number;
}

/** Tools take turns within a scenario, and begin with another one in each round. */
async function playAll(plan: Plan, options: ArenaOptions, keep: (line: Row | Lost) => void): Promise<void> {
  const cluster = await connectArena(options);
  for (let round = 1; round <= Math.max(plan.rounds, plan.otherRounds); round++) {
    for (const scenario of plan.scenarios) {
      for (let n = 0; n < plan.tools.length; n++) {
        const tool = plan.tools[(n + round) % plan.tools.length] ?? streamgate;
        const rounds = scenario.name === 'good' && tool.slow !== true ? plan.rounds : plan.otherRounds;
        if (round > rounds || !scenario.tells(tool)) continue;
        const began = performance.now();
        const namespace = `streamgate-rollout-${process.pid}-${round}-${scenario.name}-${tool.name}`;
        const { deadlineSeconds } = scenario;
        const arena = await openArena(options, cluster, { namespace, deadlineSeconds });
        try {
          for (const result of await playTurn(scenario, tool, arena, plan.rate))
            keep({ tool: tool.name, round, ...result });
        } catch (thrown) {
          keep({ tool: tool.name, round, scenario: scenario.name, lost: messageOf(thrown) });
          process.stderr.write(
            `${tool.name}, ${scenario.name}, round ${round}: lost: ${messageOf(thrown)}\n`,
          );
        } finally {
          await closeArena(arena);
        }
        const took = ((performance.now() - began) / 1_000).toFixed(0);
        process.stderr.write(`round ${round}, ${scenario.name}, ${tool.name}: ${took} s\n`);
      }
    }
  }
}

function print(results: string, load: string): void {
  const lines: readonly (Row | Lost)[] = existsSync(results)
    ? readFileSync(results, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];
  const rows = lines.filter((line): line is Row => 'figures' in line);
  const lost = lines.filter((line): line is Lost => 'lost' in line);
  const settings = allTools.map(({ name, settings: text }) => `- ${name}: ${text}`);
  process.stdout.write(
    [
      `${load}, half of the requests on connections of their own. Seconds from the trigger: median (minimum–maximum).`,
      '',
      renderTables(rows),
      'Settings, defaults and floors:',
      ...settings,
      '',
      ...lost.map(
        ({ tool, scenario, round, lost: why }) => `lost: ${tool}, ${scenario}, round ${round}: ${why}`,
      ),
      '',
    ].join('\n'),
  );
}
