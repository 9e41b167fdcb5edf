import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../../tools/build/root.ts';

/** A clone of ours as `uses:` names it: what is built, and the reusable workflows. */
export function composeActions(from: string, folder: string): string {
  for (const part of ['actions', 'dist']) cpSync(join(from, part), join(folder, part), { recursive: true });
  cpSync(join(root, '.github', 'workflows'), join(folder, '.github', 'workflows'), { recursive: true });
  return folder;
}

/**
 * Actions of others that our workflows name, by `owner/repository@ref`. Act fetches them before it knows whether their
 * steps are skipped; what stands in for them here fails when it is run. Its own checkout needs none.
 */
export function standInsForOthers(folder: string): Readonly<Record<string, string>> {
  const workflows = ['bluegreen.yml', 'rollback.yml'].map((name) =>
    readFileSync(join(root, '.github', 'workflows', name), 'utf8'),
  );
  const named = workflows.flatMap((text) => [...text.matchAll(/uses: (actions\/[\w-]+@[0-9a-f]{40})/g)]);
  const others = [...new Set(named.map(([, reference = '']) => reference))];
  return Object.fromEntries(
    others.map((reference) => {
      const place = join(folder, reference.replaceAll('/', '-'));
      mkdirSync(place, { recursive: true });
      const runs = { using: 'composite', steps: [{ run: 'exit 1', shell: 'bash' }] };
      writeFileSync(join(place, 'action.yml'), JSON.stringify({ name: reference, runs }));
      return [reference, place];
    }),
  );
}

export interface ActRun {
  /** Path of act. */
  readonly act: string;
  /** The repository of the caller. */
  readonly repository: string;
  /** Folders by the `owner/repository@ref` that they stand for. */
  readonly folders: Readonly<Record<string, string>>;
  /** For configuration and caches of act. */
  readonly home: string;
  readonly event: 'push' | 'workflow_dispatch';
  /** File in `.github/workflows`. */
  readonly workflow: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
}

export interface ActResult {
  readonly code: number | null;
  readonly output: string;
}

/** What act takes the repository, its branch and its commit from. */
export function commitAll(repository: string, message: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', ...args], {
      cwd: repository,
      stdio: 'pipe',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
  if (git('remote').toString().trim() === '')
    git('remote', 'add', 'origin', 'https://github.com/octo-org/shop.git');
}

/** Runs a workflow on this machine, without containers, without network, and with this Node for the actions. */
export function runAct(run: ActRun): Promise<ActResult> {
  const { act, repository, folders, home, event, workflow, inputs = {}, secrets, vars } = run;
  const config = join(home, 'config');
  mkdirSync(join(config, 'act'), { recursive: true });
  // Without this file act asks which images it may use.
  writeFileSync(join(config, 'act', 'actrc'), '');
  const eventFile = join(home, 'event.json');
  writeFileSync(eventFile, JSON.stringify({ inputs, ref: 'refs/heads/main' }));
  const secretFile = join(home, 'secrets.env');
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  writeFileSync(secretFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  const args = [
    event,
    '--workflows',
    join('.github', 'workflows', workflow),
    '--platform',
    'ubuntu-latest=-self-hosted',
    ...Object.entries(folders).flatMap(([name, place]) => ['--local-repository', `${name}=${place}`]),
    '--container-daemon-socket',
    '-',
    '--no-cache-server',
    '--action-cache-path',
    join(home, 'cache'),
    '--eventpath',
    eventFile,
    '--secret-file',
    secretFile,
    ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
  ];
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(act, args, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: path,
      HOME: home,
      XDG_CONFIG_HOME: config,
      XDG_CACHE_HOME: join(home, 'cache'),
      NO_COLOR: '1',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
