import { at, StreamGateError } from '../../base/index.ts';
import { type Cluster, groupOf, type KubeObject } from '../../cluster/index.ts';
import { isInFlight } from '../journal/journal.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

interface Steerer {
  readonly apiVersion: string;
  readonly kind: string;
  /** Where it names the Deployment that it steers. */
  readonly path: readonly string[];
}

/** Objects of other controllers that take a Deployment into their hands: its size, its pods or its Services. */
const steerers: readonly Steerer[] = [
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', path: ['spec', 'workloadRef'] },
  { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', path: ['spec', 'targetRef'] },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', path: ['spec', 'scaleTargetRef'] },
];

/** Whoever steers the Deployment already would fight with a release over it. */
export const findSteerers: Check = async ({ request: { cluster, desired }, journal, running }) => {
  const { workload } = desired;
  const brought = [...desired.others, ...desired.later];
  const given = steerers
    // What KEDA does to autoscalers has a check of its own.
    .filter(({ kind }) => kind !== 'ScaledObject')
    .flatMap((steerer) =>
      brought.filter((object) => isOf(object, steerer)).filter(steers(steerer, workload)),
    );
  // One whose taking over has begun was looked at before that.
  const taken = running === undefined || isInFlight(journal?.release ?? null) ? [] : [running];
  const standing = await Promise.all(taken.map((deployment) => steeredBy(cluster, deployment)));
  return [...given.map((object) => steered(object, workload.metadata.name)), ...standing.flat()];
};

async function steeredBy(cluster: Cluster, running: KubeObject): Promise<readonly Finding[]> {
  const { name, namespace = '' } = running.metadata;
  const findings: Finding[] = [];
  for (const steerer of steerers) {
    const { apiVersion, kind } = steerer;
    if ((await cluster.kindPath({ apiVersion, kind })) === undefined) continue;
    const all = await cluster.list({ apiVersion, kind }, { namespace }).catch((thrown: unknown) => {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Denied') throw thrown;
      findings.push(
        warn(
          `Objects ${kind} may not be listed`,
          `Make sure that none of them steers Deployment ${name}: it would fight with the release.`,
        ),
      );
      return [];
    });
    findings.push(...all.filter(steers(steerer, running)).map((object) => steered(object, name)));
  }
  return findings;
}

function isOf({ apiVersion, kind }: KubeObject, steerer: Steerer): boolean {
  return kind === steerer.kind && groupOf(apiVersion) === groupOf(steerer.apiVersion);
}

function steers({ path }: Steerer, { metadata }: KubeObject) {
  return (object: KubeObject): boolean => {
    const target = at(object, ...path);
    return at(target, 'name') === metadata.name && (at(target, 'kind') ?? 'Deployment') === 'Deployment';
  };
}

function steered({ kind, metadata }: KubeObject, name: string): Finding {
  return refuse(
    `${kind} ${metadata.name} steers Deployment ${name}, and would fight with the release over its pods`,
    `Delete ${kind} ${metadata.name} first, or go on releasing with it.`,
  );
}
