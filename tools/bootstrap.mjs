// Plain JavaScript for the Node that people have (20 or later): makes the clone ready, finds Node 24, and runs a task
// under it. Everything else of this project needs Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const biome = ['node_modules/@biomejs/biome/bin/biome'];

/** Each task is one or more Node programs, run one after the other until one fails. `…` is where further words go. */
const tasks = {
  demo: [['tools/demo/demo.ts', '…']],
  test: [[...jest, '…', '--selectProjects', 'unit', 'process']],
  'test-sweeps': [[...jest, '…', '--selectProjects', 'sweeps', 'slow']],
  'test-cluster': [
    [
      ...jest,
      '…',
      '--selectProjects',
      'cluster',
      '--reporters=default',
      '--reporters=<rootDir>/test/jest/count-line.mjs',
    ],
  ],
  'test-public': [['test/public/run.ts', '…']],
  'test-kill-sweep': [['tools/kill-sweep/run.ts', '…']],
  'test-mutants': [['tools/mutants/run.ts', '…']],
  build: [['tools/build.ts', '…']],
  generate: [['tools/generate.ts', '…']],
  bench: [['tools/bench.ts', '…']],
  check: [
    ['node_modules/typescript/bin/tsc', '-p', '.'],
    [...biome, 'ci'],
    ['tools/generate.ts', '--check'],
  ],
  format: [[...biome, 'check', '--write', '…']],
  streamgate: [['src/hosts/terminal.ts', '…']],
};

const [name = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, name))
  fail(`There is no task ${name || '(none named)'}.`, `It is one of: ${Object.keys(tasks).join(', ')}.`);
installWhenNeeded();
const node = findNode();
for (const program of tasks[name]) {
  const code = await run(
    node,
    program.flatMap((word) => (word === '…' ? args : [word])),
  );
  if (code !== 0) process.exit(code);
}
process.exit(0);

/** npm writes the hidden lockfile last, so an older one means an installation that is missing, old or broken off. */
function installWhenNeeded() {
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modifiedAt(join(root, 'package-lock.json'))) return;
  console.error(
    installed === 0 ? 'Installing packages: npm ci …' : 'The lockfile is newer than node_modules: npm ci …',
  );
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // No package of ours needs an install script, so none may run. `npm run -s` would silence this npm as well.
  const result = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    fail('The packages could not be installed.', 'npm says why above; after that, run this again.');
}

function modifiedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function findNode() {
  const modules = join(root, 'node_modules');
  const packaged = readdirSync(modules)
    .filter((entry) => entry === `node-${process.platform}-${process.arch}`)
    .map((entry) => join(modules, entry, 'bin', 'node'))
    .find((path) => existsSync(path));
  if (packaged !== undefined) return packaged;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return process.execPath;
  return fail(
    `StreamGate needs Node 24 or later, and this is ${process.version}.`,
    `For Linux on x64 and arm64 npm brings one along; on ${process.platform} ${process.arch} please install Node 24 and run this again.`,
  );
}

/** Ctrl-C on a terminal reaches the task by itself, and must only not end us before it; everything else is passed on. */
function run(program, words) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  // `node_modules/.bin/node` may be another Node: ours comes first.
  path.unshift(dirname(program));
  const child = spawn(program, words.map(absolute), {
    cwd: process.env.INIT_CWD && words[0] === 'src/hosts/terminal.ts' ? process.env.INIT_CWD : root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`${program} cannot be started: ${error.message}`, ''));
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Our own programs by absolute path: the command line runs where its caller stands. */
function absolute(word, index, words) {
  const isProgram =
    /^(tools|src|test|node_modules)\//.test(word) && words.slice(0, index).every((w) => w.startsWith('--'));
  return isProgram ? join(root, word) : word;
}

function fail(message, advice) {
  console.error(advice === '' ? message : `${message}\n${advice}`);
  process.exit(2);
}
