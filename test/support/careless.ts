import { messageOf } from '../../src/base/index.ts';
import type { Desired } from '../../src/release/index.ts';
import type { JournaledRelease } from '../../src/release/journal/journal.ts';
import { claimJournal, readJournal } from '../../src/release/journal/journal-store.ts';
import { takeLock } from '../../src/release/journal/lock.ts';
import { identityOf } from '../../src/release/journal/under-lock.ts';
import type { RunRequest } from '../../src/release/request.ts';
import { openSession, run } from '../../src/release/session.ts';
import { deploymentRef } from '../../src/release/slots/names.ts';
import { listPods } from '../../src/release/slots/pods.ts';
import type { Step } from '../../src/release/step.ts';
import { learnVersions } from '../../src/release/steps/learn-versions.ts';
import { stampObjects } from '../../src/release/steps/stamp-objects.ts';
import { baseline } from '../../src/release/steps/traffic-gates.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { eventually, sandboxClient } from './sandbox-client.ts';

const unproven = ({ verify, ...step }: Step): Step => step;

/** The steps of a blue-green release from its proven candidate on, none of them waited for. */
function carelessSteps(switching: readonly Step[], kill: (pod: string) => void): readonly Step[] {
  const dropStable: Step = {
    id: 'drop-stable',
    title: 'Let the old version go at once',
    async act({ cluster, names, stable }) {
      if (stable === null) throw new Error('there is nothing to drop');
      const pods = await listPods(cluster, names, stable);
      await cluster.delete(deploymentRef(names, stable));
      for (const { metadata } of pods) kill(metadata.name);
      return `${pods.length} pods killed`;
    },
  };
  return [learnVersions, baseline, ...switching.map(unproven), dropStable];
}

export interface Carelessness {
  readonly sandbox: Sandbox;
  readonly request: RunRequest;
  /** Of the preview that goes on. */
  readonly desired: Desired;
  readonly switching: readonly Step[];
}

/** Goes on from a preview by these steps; answers why the guard of a release would have taken it back. */
export async function switchCarelessly(options: Carelessness): Promise<string> {
  const { sandbox, request, desired, switching } = options;
  const lock = await takeLock({ ...request, timeoutMs: 10_000, identity: identityOf(request) });
  const found = await requireJournal(request);
  const release: JournaledRelease = { ...found.release, phase: 'running' };
  const journal = { ...found, token: lock.token, release };
  await claimJournal(request.cluster, journal);
  const steps = carelessSteps(switching, (pod) => sandbox.killPod(request.namespace, pod));
  const session = openSession({
    request,
    journal,
    release,
    desired,
    replicas: 2,
    lock,
    watch: await request.watch(journal.names),
    steps: { prepare: [], switchOver: steps, finish: [] },
    guarded: true,
  });
  const { guard } = session.release;
  try {
    await run(session, [stampObjects, ...steps]);
    await eventually(
      'a failure that the guard of a release would have ended it for',
      async () => guard.signal.aborted,
    );
    await settle(request);
    return messageOf(guard.signal.reason);
  } finally {
    await lock.release();
    session.deadline.clear();
    guard.disarm();
  }
}

/** What `kubectl rollout restart` does to the pods that serve. */
export async function rollServingPods(sandbox: Sandbox, request: RunRequest, version: string): Promise<void> {
  const { cluster, namespace } = request;
  const journal = await requireJournal(request);
  const watched = await request.watch(journal.names);
  const { slot } = journal.release.candidate;
  const before = new Set((await listPods(cluster, journal.names, slot)).map(({ metadata }) => metadata.name));
  await watched?.witness.start({ stable: [], candidate: [version] });
  watched?.witness.switchBegins();
  const template = { metadata: { annotations: { restarted: 'now' } } };
  const client = sandboxClient(sandbox, namespace);
  await client.patch('Deployment', journal.names.deployments[slot], { spec: { template } });
  await eventually('only new pods', async () => {
    const pods = await listPods(cluster, journal.names, slot);
    return pods.length === before.size && pods.every(({ metadata }) => !before.has(metadata.name));
  });
  await settle(request);
}

/** Long enough for the proxies to follow, so that the end of the run serves again. */
const settle = ({ clock }: RunRequest) => clock.sleep(500);

async function requireJournal({ cluster, namespace, app }: RunRequest) {
  const journal = await readJournal(cluster, namespace, app);
  if (!journal?.release) throw new Error(`nothing of ${app} was released in ${namespace}`);
  return { ...journal, release: journal.release };
}
