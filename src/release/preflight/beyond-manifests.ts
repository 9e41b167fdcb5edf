import { type Clock, StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { type Finding, inOneLine, refuse } from './check.ts';
import { missingNamespace, renamed } from './dry-run.ts';
import { plainFacts } from './permission-facts.ts';
import { requirePermissions } from './permissions.ts';
import { findOddFields } from './unknown-fields.ts';
import { withPatience } from './with-patience.ts';

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
 * should not mend them twice, nor wait for a cluster that gives no answer. Only reads and dry runs. What depends on a whole
 * release (quotas, room, routes, what others own) is asked when there is one. A question without an answer is passed over:
 * that is not what is wrong here.
 */
export async function askBeyondManifests(question: BeyondManifests): Promise<readonly string[]> {
  const answers = await withPatience(question, (cluster) =>
    Promise.allSettled([
      findMissingPermissions(cluster, question),
      ...placed(question).map((object) => findTroubles(cluster, object, question)),
    ]),
  );
  const findings = answers.flatMap((answer) => {
    if (answer.status === 'fulfilled') return answer.value;
    if (answer.reason instanceof StreamGateError) return [];
    throw answer.reason;
  });
  return [...new Set(findings.map(inOneLine))];
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
