import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Act, Theatre } from './acts.ts';
import { playDemo } from './play.ts';
import { openClusterStage, openSandboxStage, type Stage } from './stage.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const usage = `npm run demo [-- OPTIONS]

Releases a service several times, good and bad versions, with the built actions, started as a runner starts them.

  --kubeconfig FILE  play on this cluster instead of the embedded one; needs --url
  --url URL          address of its gateway, as callers reach it
  --image IMAGE      Node image (20 or later) that its nodes can run  (node:24-alpine)
  --rate N           requests per second during each release          (200)
  --from DIR         folder with actions/ and dist/                   (this clone)
  --verbose          show what the actions print
`;

const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    url: { type: 'string' },
    image: { type: 'string', default: 'node:24-alpine' },
    rate: { type: 'string', default: '200' },
    from: { type: 'string', default: root },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

process.exit(values.help ? print(usage) : await main());

async function main(): Promise<number> {
  const stage = await openStage();
  const interrupted = () => void stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}

async function openStage(): Promise<Stage> {
  const { kubeconfig, url, image } = values;
  if (kubeconfig === undefined) return openSandboxStage();
  if (url !== undefined) return openClusterStage({ kubeconfig, url, image });
  process.stderr.write('--kubeconfig needs --url: the address of the gateway, as callers reach it\n');
  process.exit(2);
}

async function play(stage: Stage): Promise<number> {
  const output = resolve(root, '.demo', new Date().toISOString().replace(/[:.]/g, '-'));
  mkdirSync(output, { recursive: true });
  const theatre: Theatre = {
    stage,
    output,
    from: resolve(values.from),
    rate: Number(values.rate),
    onOutput: values.verbose ? (text) => process.stderr.write(text) : undefined,
  };
  print(`StreamGate demo on ${stage.title}\n\n`);
  const began = performance.now();
  const acts: Act[] = [];
  for await (const act of playDemo(theatre)) {
    acts.push(act);
    print(renderAct(act));
  }
  const claims = acts.flatMap((act) => act.claims);
  const broken = claims.filter(({ held }) => !held);
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  print(
    `${claims.length - broken.length} of ${claims.length} claims held, in ${seconds} s.\n\nReports to look at:\n`,
  );
  for (const { title, report, evidence } of acts)
    if (report !== '') print(`  ${title}\n    ${report}\n    ${evidence}\n`);
  return broken.length === 0 ? 0 : 1;
}

function renderAct({ title, seconds, claims }: Act): string {
  const lines = claims.map(
    ({ what, held, seen }) => `  ${held ? '✓' : '✗'} ${what.padEnd(58)} ${shorten(seen)}`,
  );
  return `${title}  (${seconds.toFixed(1)} s)\n${lines.join('\n')}\n\n`;
}

function shorten(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
