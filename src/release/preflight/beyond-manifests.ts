import { type Clock, type Milliseconds, StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { type Finding, inOneLine, refuse } from './check.ts';
import { missingNamespace, renamed } from './dry-run.ts';
import { plainFacts } from './permission-facts.ts';
import { requirePermissions } from './permissions.ts';
import { findOddFields } from './unknown-fields.ts';

/** A person who mends manifests should not wait for a cluster that gives no answer. */
const patienceMs: Milliseconds = 10_000;

export interface BeyondManifests {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
  /** What is wrong with the manifests by themselves. */
  readonly problems: readonly string[];
  readonly traffic?: 'auto' | 'gateway' | 'service' | undefined;
}

/**
 * What a cluster has to say already although the manifests cannot be released as they are, one sentence each: a person
 * should not mend them twice. Only reads and dry runs. What depends on a whole release (quotas, room, routes, what others
 * own) is asked when there is one. Empty where the cluster gives no answer: that is not what is wrong here.
 */
export async function askBeyondManifests(question: BeyondManifests): Promise<readonly string[]> {
  const controller = new AbortController();
  const late = new StreamGateError('Timeout', 'The cluster gives no answer');
  const cancel = question.clock.after(patienceMs, () => controller.abort(late));
  const cluster = question.cluster.with(controller.signal);
  try {
    const findings = await Promise.all([
      findMissingPermissions(cluster, question),
      ...placed(question).map((object) => findTroubles(cluster, object, question)),
    ]);
    return [...new Set(findings.flat().map(inOneLine))];
  } catch (thrown) {
    if (thrown instanceof StreamGateError) return [];
    throw thrown;
  } finally {
    cancel();
    // Where one question has failed, the others are not wanted any more.
    controller.abort(late);
  }
}

/** Of a plain release: what the manifests bring beside is not counted before they can be read whole. */
async function findMissingPermissions(
  cluster: Cluster,
  { namespace, objects, traffic }: BeyondManifests,
): Promise<readonly Finding[]> {
  const brings = objects.some(({ kind }) => kind === 'HTTPRoute');
  const gateway = traffic === 'gateway' || (traffic !== 'service' && brings);
  const facts = { ...plainFacts, mode: gateway ? 'gateway' : 'service', looksForRoutes: gateway } as const;
  try {
    await requirePermissions(cluster, namespace, facts);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Denied') throw thrown;
    return [refuse(thrown.message, 'The Role that has them is printed once the manifests can be read')];
  }
}

/** Unknown fields of an object; and of one that the manifests are not to blame for, why the server refuses it. */
async function findTroubles(
  cluster: Cluster,
  object: KubeObject,
  { namespace, problems }: BeyondManifests,
): Promise<readonly Finding[]> {
  const odd = await findOddFields(cluster, renamed(object), object);
  if (odd !== undefined) return [odd];
  const { kind, metadata } = object;
  // It would say the same of what is named already, in other words.
  if (problems.some((problem) => problem.includes(`${kind} ${metadata.name}`))) return [];
  try {
    if (kind === 'Deployment') await cluster.create(renamed(object), { dryRun: true });
    else await cluster.apply(object, { dryRun: true, force: true });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError)) throw thrown;
    const place = missingNamespace(thrown, namespace);
    if (place !== undefined) return [place];
    // What is not there yet, or not allowed, is told where the whole is looked at.
    if (thrown.code === 'NotFound' || thrown.code === 'Denied') return [];
    if (thrown.code !== 'Refused') throw thrown;
    return [
      refuse(
        `The server would not take ${describeRef(refOf(object))}: ${thrown.message}`,
        thrown.remedy ?? '',
      ),
    ];
  }
}

function placed({ objects, namespace }: BeyondManifests): readonly KubeObject[] {
  return objects
    .filter(
      ({ metadata }) => typeof metadata.name === 'string' && (metadata.namespace ?? namespace) === namespace,
    )
    .map((object) =>
      object.kind === 'Namespace' || object.kind.startsWith('Cluster')
        ? object
        : { ...object, metadata: { ...object.metadata, namespace } },
    );
}
