import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../src/commands/index.ts';
import { root } from '../../tools/build/root.ts';
import { ensureBuilt } from '../support/built.ts';

const workspace = mkdtempSync(join(tmpdir(), 'streamgate-cli-'));
/** Whatever happens in a test, none of them outlives the suite. */
const children = new Set<ChildProcess>();
let built: string;

beforeAll(() => {
  built = join(ensureBuilt(), 'dist', 'streamgate', 'cli.mjs');
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(workspace, { recursive: true, force: true });
});

interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: workspace,
    env: { PATH: process.env.PATH, HOME: workspace, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.on('close', () => children.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

const cli = (...args: readonly string[]) => run(built, args);

describe('the command line', () => {
  it('without words says what there is', async () => {
    const { code, stdout } = await cli();
    expect(code).toBe(0);
    for (const { contract } of commands) expect(stdout).toContain(contract.name);
  });

  it.each(commands.map(({ contract }) => contract))('helps with $name', async ({ name, inputs }) => {
    const { code, stdout, stderr } = await cli(name, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const [input, { kind }] of Object.entries(inputs)) {
      expect(stdout).toContain(kind === 'boolean' ? `--[no-]${input}` : `--${input}`);
    }
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('tells its version', async () => {
    expect(await cli('--version')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  it.each([
    [['rolback', 'shop'], 'Did you mean streamgate rollback?'],
    [['rollback', 'shop', '--namespce', 'x'], 'perhaps --namespace'],
    [['rollback'], '--app is missing'],
    [['rollback', 'shop', '--to', 'seven'], '--to is not a whole number'],
    [['rollback', 'shop', '--no-json'], '--no-json is no option of rollback'],
  ])('%j is wrong usage: exit code 2, and nothing on standard output', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('with --json prints one document, also about wrong usage', async () => {
    const { code, stdout } = await cli('rollback', 'Shop!', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'rollback',
      verdict: 'invalid',
      outcome: 'Refused',
      error: { code: 'Usage' },
      evidence: null,
    });
  });

  it('ends with 3 when the cluster cannot be reached: nothing was found out', async () => {
    const unreachable = [
      'apiVersion: v1',
      'kind: Config',
      'current-context: nowhere',
      'contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]',
      "clusters: [{ name: nowhere, cluster: { server: 'https://127.0.0.1:1' } }]",
      'users: [{ name: nobody, user: { token: t } }]',
    ];
    const { code, stdout } = await runWithKubeconfig(unreachable.join('\n'));
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'inconclusive', error: { code: 'Unreachable' } });
    expect(code).toBe(3);
  });

  it('names a kubeconfig that is not there, and where its path comes from', async () => {
    const { code, stderr } = await run(built, ['status', 'shop'], { KUBECONFIG: '/nowhere/kubeconfig' });
    expect(code).toBe(2);
    expect(stderr).toContain("open '/nowhere/kubeconfig'");
    expect(stderr).toContain('$KUBECONFIG');
  });

  it('does not repeat a kubeconfig that stands in $KUBECONFIG instead of its path', async () => {
    const base64 = Buffer.from('kind: Config\ntoken: s3cr3t\n'.repeat(20)).toString('base64');
    const { code, stderr } = await run(built, ['status', 'shop'], { KUBECONFIG: base64 });
    expect(code).toBe(2);
    expect(stderr).toContain('$KUBECONFIG');
    expect(stderr).not.toContain(base64.slice(0, 40));
  });

  it('does not repeat a kubeconfig that is still base64, and says what it is to be', async () => {
    const content = 'apiVersion: v1\nkind: Config\nusers: [{ name: me, user: { token: s3cr3t } }]\n';
    const base64 = Buffer.from(content.repeat(5)).toString('base64');
    const args = ['status', 'shop', '--json', '--kubeconfig', 'env:KUBE_B64'];
    const { code, stdout, stderr } = await run(built, args, { KUBE_B64: base64 });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'Usage' }, outcome: 'Refused' });
    expect(stdout).toContain('base64 must be decoded first');
    expect(stdout + stderr).not.toContain(base64.slice(0, 40));
  });

  it('runs from its source as well', async () => {
    const { code, stdout } = await run(join(root, 'src', 'hosts', 'terminal.ts'), ['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d/) });
  });
});

async function runWithKubeconfig(content: string): Promise<CliResult> {
  const path = join(workspace, 'kubeconfig');
  writeFileSync(path, content);
  return cli('status', 'shop', '--json', '--kubeconfig', path);
}

describe('sandbox', () => {
  it('serves a cluster until it is told to end, and leaves no note of itself', async () => {
    const kubeconfig = join(workspace, 'sandbox', 'kubeconfig');
    const up = cli('sandbox', 'up', '--kubeconfig-out', kubeconfig);
    await waitFor(() => existsSync(`${kubeconfig}.pid`));
    expect(statSync(kubeconfig).mode & 0o777).toBe(0o600);

    const status = await cli('status', 'shop', '--json', '--kubeconfig', kubeconfig);
    const { verdict, reason } = JSON.parse(status.stdout);
    expect(verdict).not.toBe('inconclusive');
    expect(reason).toContain('shop');

    // A person is told where the page is.
    const refused = await cli('rollback', 'shop', '--kubeconfig', kubeconfig);
    const [, page = ''] = /Report:\n {4}(\S+)/.exec(refused.stdout) ?? [];
    expect(existsSync(page)).toBe(true);

    // What progress has told of a step is not told again below the verdict.
    const left = await cli('retire', 'shop', '--kubeconfig', kubeconfig);
    expect(`${left.stderr}${left.stdout}`.match(/Let the old version of shop go/g)).toHaveLength(1);

    // The same refusal ends alike, whoever was asked.
    const asked = [
      ['status'],
      ['rollback'],
      ['retire'],
      ['release', '--eject'],
      ['rollback', '--mode', 'plan'],
    ];
    for (const [name = '', ...flags] of asked) {
      const answer = await cli(name, 'shop', ...flags, '--json', '--kubeconfig', kubeconfig);
      const { code, stdout } = answer;
      expect({ name, code, verdict: JSON.parse(stdout).verdict }).toEqual({
        name,
        code: 3,
        verdict: 'invalid',
      });
    }
    const due = await cli('retire', '--due', '--namespace', 'nowhere', '--json', '--kubeconfig', kubeconfig);
    expect(due.code).toBe(3);
    expect(JSON.parse(due.stdout).reason).toContain('Namespace nowhere is not there');

    expect(await cli('sandbox', 'down', '--kubeconfig-out', kubeconfig)).toMatchObject({ code: 0 });
    expect(await up).toMatchObject({ code: 0 });
    expect(existsSync(`${kubeconfig}.pid`)).toBe(false);
    expect(await cli('sandbox', 'down', '--kubeconfig-out', kubeconfig)).toMatchObject({ code: 3 });
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 20));
}
