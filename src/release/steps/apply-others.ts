import { at, type Deadline, listAt, StreamGateError } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { ingressLeadsTo } from '../../traffic/index.ts';
import { usedByLivePods } from '../preflight/config-in-use.ts';
import { configInUse, isIn, namedConfig, wouldChange } from '../slots/config-in-use.ts';
import { guidedServices, modeOf, type Names } from '../slots/names.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';

/**
 * Ingresses that the first release of an app without a route opens at its end, as it would its routes: before that,
 * their callers would meet a Service without a single pod. Later ones find them open.
 */
export function ingressesToOpen(release: Release): readonly KubeObject[] {
  const { names, stable } = release;
  if (modeOf(names) === 'gateway' || stable !== null) return [];
  return requireDesired(release).others.filter((object) => leadsToApp(object, names));
}

function leadsToApp(object: KubeObject, names: Names): boolean {
  return guidedServices(names).some((service) => ingressLeadsTo(object, service));
}

/** Whatever else stands in the manifests: applied forward only, never undone or pruned. */
export const applyOthers: Step = {
  id: 'apply-others',
  title: 'Apply the other objects of the manifests',
  async act(release, deadline) {
    const later = ingressesToOpen(release);
    return applyAll(
      release,
      deadline,
      requireDesired(release).others.filter((object) => !later.includes(object)),
    );
  },
};

/** What asks to wait until the new version is the live one. */
export const applyLater: Step = {
  id: 'apply-later',
  title: 'Apply what was to wait for the new version',
  act: (release, deadline) => applyAll(release, deadline, requireDesired(release).later),
};

/** What pods that serve read under its own name is left alone: they would meet the new values when they restart. */
async function applyAll(
  release: Release,
  deadline: Deadline,
  objects: readonly KubeObject[],
): Promise<string> {
  const { cluster, names, stable } = release;
  if (objects.length === 0) return 'there are none';
  const { workload } = requireDesired(release);
  const inUse = await configInUse(cluster, names, stable, workload);
  const read = new Set(namedConfig(workload));
  const told: string[] = [];
  // Definitions and namespaces come before what stands in them, whatever their order in the manifests.
  for (const object of inOrder(objects)) {
    const described = describeRef(refOf(object));
    const isLeft = isIn(inUse, object);
    // Preflight has refused this; what stands there may have changed since.
    if (isLeft && isIn(read, object) && (await wouldChange(cluster, object))) throw usedByLivePods(object);
    if (!isLeft) await cluster.apply(object, { force: true });
    if (object.kind === 'CustomResourceDefinition') await served(release, object, deadline);
    told.push(isLeft ? `${described} left alone, since live pods read it` : described);
  }
  return told.join(', ');
}

/** What others stand in or are made of comes first, whatever the order of the manifests. */
function inOrder(objects: readonly KubeObject[]): readonly KubeObject[] {
  const first = ['Namespace', 'CustomResourceDefinition'];
  return [
    ...first.flatMap((kind) => objects.filter((object) => object.kind === kind)),
    ...objects.filter(({ kind }) => !first.includes(kind)),
  ];
}

const lookEveryMs = 250;
const servedWithinMs = 60_000;

/** The API server names a kind in its discovery once its definition is Established, and not before. */
async function served(
  { cluster, clock }: Release,
  definition: KubeObject,
  deadline: Deadline,
): Promise<void> {
  const [group, kind] = [at(definition, 'spec', 'group'), at(definition, 'spec', 'names', 'kind')].map(
    String,
  );
  const names = listAt(definition, 'spec', 'versions').filter((version) => at(version, 'served') === true);
  // After the promotion nothing else would end the wait.
  const { signal } = deadline.within(servedWithinMs, describeRef(refOf(definition)));
  for (const version of names.map((one) => String(at(one, 'name')))) {
    const what = { apiVersion: `${group}/${version}`, kind: kind ?? '' };
    while ((await cluster.kindPath(what)) === undefined) {
      await clock.sleep(lookEveryMs, signal).catch(() => undefined);
      if (!signal.aborted) continue;
      throw new StreamGateError(
        'Timeout',
        `${describeRef(refOf(definition))} was applied, and the cluster still does not serve ${what.kind} in ${what.apiVersion}`,
        {
          cause: signal.reason,
          remedy: 'See its conditions: kubectl describe crd. Mend it, and release again.',
        },
      );
    }
  }
}
