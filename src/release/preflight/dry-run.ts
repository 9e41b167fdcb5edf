import { StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, groupOf, type KubeObject, refOf } from '../../cluster/index.ts';
import type { Desired } from '../desired/desired.ts';
import type { Names, Slot } from '../slots/names.ts';
import { slotAutoscaler } from '../slots/slot-autoscaler.ts';
import { narrowed } from '../slots/slot-budget.ts';
import { guidedService, slotDeployment, slotService } from '../slots/slot-objects.ts';
import { type Finding, refuse } from './check.ts';
import { findOddFields, oddFieldsOf } from './unknown-fields.ts';

/** What the server would make of an object; or why it refuses it. */
export interface DryRun {
  readonly given: KubeObject;
  /** Undefined when the server refused it, or could not be asked. */
  readonly reading: KubeObject | undefined;
  /** Fields that its kind does not have, and why the server refuses it. */
  readonly findings: readonly Finding[];
  /** Why the server could not be asked: what it would stand in is not there yet. */
  readonly unasked?: string;
}

/** Every object that a release writes from its manifests, as the server reads it. Nothing is stored. */
export interface DryRuns {
  readonly deployment: DryRun;
  readonly slotService: DryRun;
  readonly entry: DryRun;
  readonly followers: readonly DryRun[];
  readonly routes: readonly DryRun[];
  /** Of the candidate's slot. */
  readonly autoscalers: readonly DryRun[];
  readonly budgets: readonly DryRun[];
  readonly others: readonly DryRun[];
}

export async function dryRunAll(
  cluster: Cluster,
  desired: Desired,
  names: Names,
  candidate: Slot,
  replicas = 1,
): Promise<DryRuns> {
  const { workload, service, followers, routes } = desired;
  const others = [...desired.copies, ...desired.others, ...desired.later];
  const ask = (object: KubeObject, how: 'create' | 'apply') => dryRun(cluster, names.namespace, object, how);
  // What is made anew for a slot loses fields of the user's object, so that is asked about as it was written.
  const askWith = async (object: KubeObject, written: KubeObject): Promise<DryRun> => {
    const [made, odd] = await Promise.all([
      ask(renamed(object), 'create'),
      findOddFields(cluster, renamed(written), written),
    ]);
    return odd === undefined ? made : { ...made, findings: [odd, ...made.findings] };
  };
  return {
    // Under another name, since the slot may exist; the server checks the rest as it would the real one.
    deployment: await askWith(slotDeployment(workload, names, candidate, replicas, 0), workload),
    slotService: await ask(renamed(slotService(service, names, candidate, 0)), 'create'),
    entry: await ask(guidedService(service, candidate), 'apply'),
    followers: await Promise.all(
      followers.map((follower) => ask(guidedService(follower, candidate), 'apply')),
    ),
    routes: await Promise.all(routes.map((route) => ask(route, 'apply'))),
    autoscalers: await Promise.all(
      desired.autoscalers.map((model) => askWith(slotAutoscaler(model, names, candidate, 1, 0), model)),
    ),
    budgets: await Promise.all(desired.budgets.map((budget) => ask(narrowed(budget, candidate), 'apply'))),
    others: await Promise.all(
      others.map((object) => {
        const missing = bringsItsPlace(object, others);
        if (missing === undefined) return ask(object, 'apply');
        return { given: object, reading: undefined, findings: [], unasked: missing };
      }),
    ),
  };
}

export function allOf({
  deployment,
  slotService: service,
  entry,
  followers,
  routes,
  autoscalers,
  budgets,
  others,
}: DryRuns): readonly DryRun[] {
  return [deployment, service, entry, ...followers, ...routes, ...autoscalers, ...budgets, ...others];
}

/** For a dry run of a creation: what stands under its own name would be in the way. */
export function renamed(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-check` } };
}

async function dryRun(
  cluster: Cluster,
  home: string,
  given: KubeObject,
  how: 'create' | 'apply',
): Promise<DryRun> {
  try {
    const reading =
      how === 'create'
        ? await cluster.create(given, { dryRun: true })
        : await cluster.apply(given, { dryRun: true, force: true });
    return { given, reading, findings: [] };
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || !['Refused', 'Denied', 'NotFound'].includes(thrown.code))
      throw thrown;
    const place = missingNamespace(thrown, home);
    if (place !== undefined) return { given, reading: undefined, findings: [place] };
    const odd = oddFieldsOf(thrown.message, given);
    if (odd !== undefined) {
      // An apply names only some of them; who may create such an object hears of all.
      const all = await findOddFields(cluster, renamed(given), given);
      return { given, reading: undefined, findings: [all ?? odd] };
    }
    const name = describeRef(refOf(given)).replace(/-check$/, '');
    const remedy =
      thrown.remedy ?? 'Change it so that the API server, its webhooks and its policies take it.';
    return {
      given,
      reading: undefined,
      findings: [refuse(`The server would not take ${name}: ${thrown.message}`, remedy)],
    };
  }
}

/** What an object waits for that its own manifests bring: its namespace, or the definition of its kind. */
function bringsItsPlace(
  { apiVersion, kind, metadata }: KubeObject,
  others: readonly KubeObject[],
): string | undefined {
  const group = groupOf(apiVersion);
  const brings = (other: KubeObject) =>
    (other.kind === 'Namespace' && other.metadata.name === metadata.namespace) ||
    (other.kind === 'CustomResourceDefinition' && other.metadata.name.endsWith(`.${group}`));
  const place = others.find(brings);
  if (place === undefined) return undefined;
  return `${kind} ${metadata.name} could not be asked for: ${describeRef(refOf(place))} comes with the same manifests.`;
}

/** The same for every object of a namespace, so that it is told once. */
export function missingNamespace({ code, message }: StreamGateError, home: string): Finding | undefined {
  const [, name] = /namespaces "([^"]+)" not found/.exec(message) ?? [];
  if (code !== 'NotFound' || name === undefined) return undefined;
  return refuse(
    `Namespace ${name} is not there, and ${name === home ? 'a release keeps its lock and its journal in it' : 'objects of the manifests name it'}`,
    `Create it first, also when the manifests bring it along: kubectl create namespace ${name}`,
  );
}
