import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { at, systemClock } from '../../src/base/index.ts';
import { type CustomImages, createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { StoredObject } from '../../src/sandbox/store.ts';
import { manifestsOf, type Place } from '../../tools/demo/versions.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import { type ActionResult, type StartedAction, startAction } from './runner.ts';
import { eventually } from './sandbox-client.ts';

type Inputs = Readonly<Record<string, string>>;

/** The built actions in front of an embedded cluster. */
export interface BuiltShop {
  readonly sandbox: Sandbox;
  /** Path of the kubeconfig. */
  readonly kubeconfig: string;
  /** A shop in a namespace of its own; with a node port no route leads to it, and callers come in by that port. */
  open(namespace: string, entrance?: { readonly nodePort: number }): Promise<Shop>;
  close(): Promise<void>;
}

/** An app and the workspace that releases it. */
export interface Shop {
  readonly namespace: string;
  /** Folder with the manifests, `app.yaml`. */
  readonly workspace: string;
  /** Where its callers come in. */
  readonly url: string;
  /** Writes the manifests of a version of the app. */
  write(version: string, change?: (text: string) => string): void;
  start(action: string, inputs?: Inputs): StartedAction;
  run(action: string, inputs?: Inputs): Promise<ActionResult>;
  /** Writes a version's manifests and releases it. */
  release(version: string, inputs?: Inputs): Promise<ActionResult>;
  /** Who answers callers: `v1`. */
  serving(): Promise<string>;
  read(path: string): Promise<StoredObject>;
  /** Waits until the route gives the slot of the candidate all its traffic: a release is in the middle of its switch. */
  switching(slot: 'blue' | 'green'): Promise<void>;
  /** What must be so whenever no run is at work: one form of the route, one slot that serves, and a lock that is free. */
  atRest(): Promise<unknown>;
}

export const atRest = (slot: 'blue' | 'green') => ({
  backends: [{ name: 'shop', weight: 1 }],
  selected: slot,
  holder: undefined,
});

export async function openBuiltShop(from: string, images: CustomImages = {}): Promise<BuiltShop> {
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-shop-'));
  const sandbox = await createSandbox({ clock: systemClock, pods: 'process', images });
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, (await sandbox.listen()).kubeconfig, { mode: 0o600 });
  const started: StartedAction[] = [];
  return {
    sandbox,
    kubeconfig,
    async open(namespace, entrance) {
      await ask(sandbox, 'POST', '/api/v1/namespaces', { metadata: { name: namespace } });
      const workspace = join(directory, namespace);
      mkdirSync(workspace);
      return openShop({ sandbox, from, namespace, workspace, kubeconfig, started, ...entrance });
    },
    async close() {
      for (const action of started) action.dispose();
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

interface ShopOptions {
  readonly sandbox: Sandbox;
  readonly from: string;
  readonly namespace: string;
  readonly workspace: string;
  readonly kubeconfig: string;
  readonly started: StartedAction[];
  readonly nodePort?: number;
}

function openShop(options: ShopOptions): Shop {
  const { sandbox, from, namespace, workspace, kubeconfig, started, nodePort } = options;
  const place: Place = {
    namespace,
    hostname: `${namespace}.test`,
    image: ({ name }) => `streamgate/demo-app:${name}`,
    program: undefined,
    ...(nodePort === undefined ? {} : { nodePort }),
  };
  const url = `${nodePort === undefined ? sandbox.gatewayUrl : `http://${sandbox.nodeAddress}:${nodePort}`}/`;
  const read = (path: string) => ask(sandbox, 'GET', path);
  const route = () => read(`/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes/shop`);
  const backendsOf = (object: StoredObject): readonly StoredObject[] => object.spec.rules[0].backendRefs;

  function write(name: string, change = (text: string) => text): void {
    writeFileSync(join(workspace, 'app.yaml'), change(manifestsOf({ name, knobs: {}, story: '' }, place)));
  }

  function start(action: string, inputs: Inputs = {}): StartedAction {
    const usual: Inputs = {
      app: 'shop',
      namespace,
      kubeconfig,
      'probe-url': url,
      'probe-rate': '50',
      ...(action === 'bluegreen-deploy' ? { manifests: 'app.yaml', observe: '500ms' } : {}),
    };
    const given = Object.entries({ ...usual, ...inputs }).filter(([, value]) => value !== '');
    const run = startAction({ from, name: action, workspace, inputs: Object.fromEntries(given) });
    started.push(run);
    return run;
  }

  const run = (action: string, inputs?: Inputs) => start(action, inputs).result;

  return {
    namespace,
    workspace,
    url,
    write,
    start,
    run,
    read,
    release(version, inputs) {
      write(version);
      return run('bluegreen-deploy', inputs);
    },
    serving: () => whoAnswers({ url, hostname: place.hostname }),
    async switching(slot) {
      await eventually(`all weight on ${slot}`, async () =>
        backendsOf(await route()).some(({ name, weight }) => name === `shop-${slot}` && weight === 100),
      );
    },
    async atRest() {
      // The proxies follow the route late.
      await pause(1_000);
      const [service, lease] = await Promise.all([
        read(`/api/v1/namespaces/${namespace}/services/shop`),
        read(`/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/streamgate-shop`),
      ]);
      return {
        backends: backendsOf(await route()).map(({ name, weight }) => ({ name, weight })),
        selected: at(service, 'spec', 'selector', 'streamgate.io/slot'),
        holder: at(lease, 'spec', 'holderIdentity'),
      };
    },
  };
}

async function ask(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<StoredObject> {
  const answer = await sandbox.handle({
    method,
    path,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  let text = '';
  for await (const chunk of answer.body) text += chunk;
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}
