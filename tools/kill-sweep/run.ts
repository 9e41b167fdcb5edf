import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../build/root.ts';
import { build } from '../build.ts';
import { openArena } from './arena.ts';
import { openClusterArena } from './cluster-arena.ts';
import { scenarios } from './scenarios.ts';
import { countPoints, makeTrials, planTrials, rememberStandings } from './sweep.ts';
import { renderPoints, renderSteps } from './table.ts';
import { isInvalid, type Verdict } from './trial.ts';

const usage = `npm run test:kill-sweep [-- OPTIONS]

Kills the built actions (SIGKILL) before and after each of their writes, brings the app into order once by running the
same again and once by a rollback, and compares all objects with those of a life that nobody disturbed.

  --scenario NAME  only this deed; may be given several times: ${scenarios.map(({ name }) => name).join(', ')}
  --only N,M       only these writes
  --every K        only each K-th write                          (1)
  --turns          one kill at each: before and after, and the ways out, in turns
  --workers N      trials at the same time                       (6)
  --from DIR       folder with actions/ and dist/                (a build of the sources)
  --kubeconfig F   on a real cluster, each trial in a namespace of its own
  --url URL        address of its gateway, which takes routes of every namespace
  --image IMAGE    a Node image that its nodes can run           (STREAMGATE_NODE_IMAGE or node:24-alpine)
  --steps          print the table by steps, in Markdown
`;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    turns: { type: 'boolean', default: false },
    workers: { type: 'string', default: '6' },
    from: { type: 'string' },
    kubeconfig: { type: 'string' },
    url: { type: 'string' },
    image: { type: 'string', default: process.env.STREAMGATE_NODE_IMAGE ?? 'node:24-alpine' },
    steps: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string) => void process.stdout.write(`${text}\n`);

if (values.help) print(usage);
process.exit(values.help ? 0 : await main());

async function main(): Promise<number> {
  const wanted = values.scenario ?? scenarios.map(({ name }) => name);
  const chosen = scenarios.filter(({ name }) => wanted.includes(name));
  const choice = {
    only: (values.only ?? '').split(',').filter(Boolean).map(Number),
    every: Number(values.every),
    turns: values.turns,
  };
  const workers = Number(values.workers);
  const isUsable = [choice.every, workers, ...choice.only].every(
    (number) => Number.isSafeInteger(number) && number > 0,
  );
  const isPlaced = (values.kubeconfig === undefined) === (values.url === undefined);
  if (chosen.length !== wanted.length || !isUsable || !isPlaced) {
    process.stderr.write(usage);
    return 2;
  }
  const from = values.from === undefined ? await buildOwn() : resolve(values.from);
  const { kubeconfig, url, image } = values;
  const arena =
    kubeconfig === undefined || url === undefined
      ? await openArena(from)
      : await openClusterArena(from, { kubeconfig, url, image });
  const interrupted = () => void arena.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const began = performance.now();
  try {
    const counted = await countPoints(arena, chosen);
    const trials = planTrials(counted, choice, rememberStandings(arena, counted));
    print(`${trials.length} kills to make on ${arena.title}, ${workers} at the same time`);
    let told = 0;
    const verdicts = await makeTrials(arena, trials, workers, (verdict, done) => {
      told += 1;
      print(`${`${done}/${trials.length}`.padStart(9)}  ${describe(verdict)}`);
    });
    print(`\n${renderPoints(counted, verdicts)}`);
    if (values.steps) print(`${renderSteps(counted, verdicts)}\n`);
    const points = counted.reduce((sum, { writes }) => sum + writes.length, 0);
    const tested = new Set(verdicts.map(({ scenario, point }) => `${scenario} ${point.nth}`)).size;
    const failed = verdicts.filter(({ problems }) => problems.length > 0);
    print(
      `${points} points counted, ${tested} tested, in ${Math.round((performance.now() - began) / 1_000)} s`,
    );
    if (told > verdicts.length)
      print(`${told - verdicts.length} trials made again: this machine was too busy to measure`);
    print(`${verdicts.length - failed.length} passed, ${failed.length} failed`);
    return failed.length === 0 && verdicts.length > 0 ? 0 : 1;
  } finally {
    await arena.close();
  }
}

/** In a folder of its own: sources may change while it runs. */
async function buildOwn(): Promise<string> {
  const out = join(root, '.cache', 'kill-sweep');
  await build(out);
  return out;
}

function describe(verdict: Verdict): string {
  const { scenario, point, recovery, write, problems, ms } = verdict;
  const where = `${scenario} ${point.when} ${point.nth} (${[write?.step, write?.what].filter(Boolean).join(', ')})`;
  const end =
    problems.length === 0
      ? 'ok'
      : `${isInvalid(verdict) ? 'INVALID' : 'FAILED'}\n${problems.map((problem) => `           ${problem}`).join('\n')}`;
  return `${where}, ${recovery}, ${(ms / 1_000).toFixed(1)} s: ${end}`;
}
