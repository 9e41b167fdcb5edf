import { at, isJsonObject } from '../../src/base/index.ts';
import type { Send } from './play.ts';
import { type RolloutCase, type RolloutStep, rolloutCases, type Wait } from './rollouts.ts';

/** What is compared of a Deployment that stands still, and of what was seen on the way there. */
export interface RolloutState {
  readonly status: Readonly<Record<string, unknown>>;
  /** Conditions, such as `Progressing True NewReplicaSetAvailable`. */
  readonly conditions: readonly string[];
  /** ReplicaSets in the order of their revisions: image, wanted and had pods. */
  readonly sets: readonly string[];
  /** Most pods that its ReplicaSets wanted at once since the step began. */
  readonly mostWanted: number;
  /** Fewest pods that were available since the step began; of a new Deployment it says nothing. */
  readonly leastAvailable: number | null;
}

export interface Stage {
  readonly send: Send;
  readonly namespace: string;
  /** Between two looks. */
  readonly pause: () => Promise<void>;
}

const looks = 1_500;
/** Looks in a row at which nothing may have changed, before it counts as standing still. */
const stillFor = 15;
const labels = { app: 'rolled' };

/** Plays all cases at once, each in a Deployment of its own; answers its state after each step, by `case: step`. */
export async function playRollouts(stage: Stage): Promise<Map<string, RolloutState>> {
  const cases = rolloutCases.map((one, index) => playCase(stage, one, `rolled-${index}`));
  return new Map((await Promise.all(cases)).flat());
}

async function playCase(stage: Stage, { about, spec, steps }: RolloutCase, name: string) {
  const own = { ...labels, case: name };
  const template = {
    metadata: { labels: own },
    spec: { containers: [{ name: 'app', image: 'localhost/sample:v1' }], terminationGracePeriodSeconds: 1 },
  };
  const body = { metadata: { name }, spec: { ...spec, selector: { matchLabels: own }, template } };
  await ask(stage, 'POST', pathOf(stage, 'deployments'), body);
  const states: [string, RolloutState][] = [];
  for (const step of steps) {
    await change(stage, name, step);
    const state = await settle(stage, name, step, `${about}: ${step.about}`);
    states.push([
      `${about}: ${step.about}`,
      { ...state, ...(step === steps[0] && { leastAvailable: null }) },
    ]);
  }
  return states;
}

async function change(stage: Stage, name: string, { patch, scaleTo }: RolloutStep): Promise<void> {
  const path = `${pathOf(stage, 'deployments')}/${name}`;
  if (patch !== undefined) await ask(stage, 'PATCH', path, patch);
  if (scaleTo !== undefined) await ask(stage, 'PATCH', `${path}/scale`, { spec: { replicas: scaleTo } });
}

async function settle(
  stage: Stage,
  name: string,
  { until }: RolloutStep,
  what: string,
): Promise<RolloutState> {
  let [mostWanted, leastAvailable] = [0, Number.POSITIVE_INFINITY];
  let [last, still] = ['', 0];
  for (let n = 0; n < looks; n++) {
    const seen = await look(stage, name);
    // Before, it is the state that the step found.
    if (seen.status.observedGeneration === seen.generation) {
      mostWanted = Math.max(mostWanted, sum(seen.sets.map(({ wanted }) => wanted)));
      leastAvailable = Math.min(leastAvailable, Number(seen.status.availableReplicas ?? 0));
    }
    const { conditions, sets, status } = seen;
    const state = { status, conditions, sets: sets.map(({ text }) => text) };
    const text = JSON.stringify(state);
    still = text === last ? still + 1 : 0;
    last = text;
    if (still >= stillFor && holds(until, seen)) return { ...state, mostWanted, leastAvailable };
    await stage.pause();
  }
  throw new Error(`${what}: never came to stand, last ${last}`);
}

function holds(until: Wait, { generation, replicas, status, conditions, sets }: Seen): boolean {
  if (status.observedGeneration !== generation) return false;
  if (until === 'stuck') return conditions.some((text) => text.endsWith('ProgressDeadlineExceeded'));
  if (until !== 'complete') {
    const sizes = sets.map(({ wanted }) => wanted);
    return String(sizes) === String(until.sets) && status.availableReplicas === until.available;
  }
  const counts = ['replicas', 'updatedReplicas', 'availableReplicas'].map((field) => status[field] ?? 0);
  return counts.every((count) => count === replicas);
}

type Seen = Awaited<ReturnType<typeof look>>;

async function look(stage: Stage, name: string) {
  const deployment = await ask(stage, 'GET', `${pathOf(stage, 'deployments')}/${name}`);
  const list = await ask(stage, 'GET', `${pathOf(stage, 'replicasets')}?labelSelector=case%3D${name}`);
  const { conditions = [], ...status } = partOf(deployment, 'status');
  return {
    generation: at(deployment, 'metadata', 'generation'),
    replicas: at(deployment, 'spec', 'replicas'),
    status: withoutMoments(status),
    conditions: arrayOf(conditions)
      .map((one) => `${at(one, 'type')} ${at(one, 'status')} ${at(one, 'reason')}`)
      .sort(),
    sets: arrayOf(at(list, 'items'))
      .map(describeSet)
      .sort((a, b) => a.revision - b.revision),
  };
}

/** How many pods are on their way out is a matter of moments. */
function withoutMoments({
  terminatingReplicas: _moment,
  ...status
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return status;
}

function describeSet(set: unknown) {
  const annotation = (key: string) => at(set, 'metadata', 'annotations', `deployment.kubernetes.io/${key}`);
  const wanted = Number(at(set, 'spec', 'replicas'));
  const count = (field: string) => Number(at(set, 'status', field) ?? 0);
  const image = at(set, 'spec', 'template', 'spec', 'containers', 0, 'image');
  const history = annotation('revision-history');
  const revision = Number(annotation('revision'));
  return {
    revision,
    wanted,
    text: `revision ${revision}${history === undefined ? '' : ` after ${history}`} of ${image}: ${wanted} wanted, ${count('replicas')} there, ${count('availableReplicas')} available; desired ${annotation('desired-replicas')}, at most ${annotation('max-replicas')}`,
  };
}

async function ask({ send }: Stage, method: string, path: string, body?: unknown): Promise<unknown> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const headers = { 'content-type': type, accept: 'application/json', 'user-agent': 'table/1' };
  const answer = await send({
    method,
    path,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const pathOf = ({ namespace }: Stage, resource: string) =>
  `/apis/apps/v1/namespaces/${namespace}/${resource}`;
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function partOf(object: unknown, field: string): Readonly<Record<string, unknown>> {
  const part = at(object, field);
  return isJsonObject(part) ? part : {};
}
