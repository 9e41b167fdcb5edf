import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { manifestsOf, type Version } from '../../tools/demo/versions.ts';
import { describeWithKubectl, startKubectl } from '../support/kubectl.ts';
import { eventually } from '../support/sandbox-client.ts';

// A client that nobody here wrote, and that most people have.
describeWithKubectl('kubectl on the sandbox', (kubectl) => {
  const home = mkdtempSync(join(tmpdir(), 'streamgate-kubectl-'));
  const kubeconfig = join(home, 'kubeconfig');
  const namespace = 'public';
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ clock: systemClock, pods: 'process' });
    writeFileSync(kubeconfig, (await sandbox.listen()).kubeconfig, { mode: 0o600 });
    const place = join(home, 'namespace.yaml');
    writeFileSync(
      place,
      JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }),
    );
    expect(await apply(place)).toMatchObject({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await sandbox?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const start = (...args: readonly string[]) =>
    startKubectl(kubectl, { kubeconfig, home }, ['--namespace', namespace, ...args]);
  const run = (...args: readonly string[]) => start(...args).result;

  function manifest(name: string, knobs: Version['knobs'] = {}): string {
    const place = {
      namespace,
      hostname: 'public.test',
      image: (version: Version) => `streamgate/demo-app:${version.name}`,
      program: undefined,
    };
    const file = join(home, `${name}.yaml`);
    writeFileSync(file, manifestsOf({ name, knobs, story: '' }, place));
    return file;
  }
  const apply = (file: string, ...more: readonly string[]) =>
    run('apply', '--server-side', '--validate=false', '-f', file, ...more);

  it('apply --server-side creates what is missing, and another manager meets a conflict', async () => {
    const first = await apply(manifest('v1'));
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout.trim().split('\n')).toEqual([
      'deployment.apps/shop serverside-applied',
      'service/shop serverside-applied',
      'httproute.gateway.networking.k8s.io/shop serverside-applied',
    ]);
    const other = await apply(manifest('v2'), '--field-manager=other');
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/conflicts? with "kubectl".*image/s);
    expect((await apply(manifest('v1'))).code).toBe(0);
  });

  it('create makes namespaces, settings and Secrets, and auth can-i is answered', async () => {
    const made = [
      await run('create', 'namespace', 'made'),
      await run('create', 'configmap', 'settings', '--from-literal=a=b'),
      await run('create', 'secret', 'generic', 'keys', '--from-literal=p=q'),
    ];
    expect(made.map(({ code, stdout, stderr }) => [code, stdout.trim(), stderr])).toEqual([
      [0, 'namespace/made created', ''],
      [0, 'configmap/settings created', ''],
      [0, 'secret/keys created', ''],
    ]);
    expect((await run('get', 'secret', 'keys', '-o', 'jsonpath={.data.p}')).stdout).toBe('cQ==');
    expect((await run('create', 'namespace', 'made')).stderr).toContain('already exists');
    expect(await run('auth', 'can-i', 'patch', 'services')).toMatchObject({ code: 0, stdout: 'yes\n' });
    expect((await run('create', 'quota', 'q', '--hard=pods=3')).stderr).toContain(
      'media types include: application/json',
    );
  });

  it('rollout status waits for the end of a rollout, and names one that is stuck', async () => {
    const done = await run('rollout', 'status', 'deployment/shop', '--timeout=60s');
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringContaining('deployment "shop" successfully rolled out'),
    ]);
    const patch = JSON.stringify({
      spec: {
        progressDeadlineSeconds: 2,
        template: { spec: { containers: [{ name: 'app', image: 'nowhere/none:1' }] } },
      },
    });
    expect((await run('patch', 'deployment', 'shop', '-p', patch)).code).toBe(0);
    const stuck = await run('rollout', 'status', 'deployment/shop', '--timeout=60s');
    expect([stuck.code, stuck.stderr]).toEqual([
      1,
      expect.stringContaining('exceeded its progress deadline'),
    ]);
    const undone = await run('rollout', 'undo', 'deployment/shop');
    expect([undone.code, undone.stdout]).toEqual([0, 'deployment.apps/shop rolled back\n']);
    expect((await run('rollout', 'status', 'deployment/shop', '--timeout=60s')).code).toBe(0);
  });

  it('get -w tells what changes, and scale changes it', async () => {
    const watching = start(
      'get',
      'deployment',
      'shop',
      '-w',
      '-o',
      'jsonpath={.spec.replicas} {.status.readyReplicas}{"\\n"}',
    );
    await eventually('the state at the start', async () => watching.output().includes('2 2\n'));
    const scaled = await run('scale', 'deployment/shop', '--replicas=3');
    expect([scaled.code, scaled.stdout]).toEqual([0, 'deployment.apps/shop scaled\n']);
    await eventually('the third pod', async () => watching.output().includes('3 3\n'));
    watching.interrupt();
    await watching.result;
    const listed = await run('get', 'pods', '-l', 'app=shop', '-o', 'name');
    expect(listed.stdout.trim().split('\n')).toHaveLength(3);
  });

  it('logs reads what a pod printed, of a Deployment and by its end', async () => {
    const whole = await run('logs', 'deployment/shop');
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('"message":"listening"')]);
    const last = await run('logs', '-l', 'app=shop', '--tail=1');
    expect(last.stdout.trim().split('\n')).toHaveLength(3);
    const none = await run('logs', 'shop-of-nobody');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('pods "shop-of-nobody" not found')]);
  });

  it('delete takes away what a Deployment owns, and waits for it', async () => {
    const deleted = await run('delete', 'deployment', 'shop', '--cascade=foreground', '--timeout=60s');
    expect([deleted.code, deleted.stdout]).toEqual([
      0,
      expect.stringContaining('deployment.apps "shop" deleted'),
    ]);
    const left = await run('get', 'deployments,replicasets,pods', '-o', 'name');
    expect(left.stdout).toBe('');
    const gone = await run('delete', '-f', manifest('v1'), '--ignore-not-found');
    expect([gone.code, gone.stderr]).toEqual([0, '']);
    expect((await run('get', 'services,httproutes', '-o', 'name')).stdout).toBe('');
  });
});
