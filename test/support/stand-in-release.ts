import type { KubeObject } from '../../src/cluster/index.ts';
import { hostOf, portOf, withStandIns } from './manifest-sets.ts';
import { askFor, fakeWitness, fixedGate, type Lab } from './release-lab.ts';

/** An app of other people, as a lab releases it. */
export interface StandInApp {
  readonly app: string;
  readonly namespace: string;
  readonly workload?: string | undefined;
  /** Name of the app's own Service. */
  readonly service: string;
  /** Whether its traffic is moved by routes. */
  readonly hasRoutes: boolean;
  readonly objects: readonly KubeObject[];
}

/** Releases and rolls back with images of the sandbox in place of the app's own, and tells who answers. */
export function standInReleases(lab: Lab, given: StandInApp, asking: AbortSignal) {
  const { app, namespace, workload, service, objects } = given;
  const mode = given.hasRoutes ? 'gateway' : 'service';
  const entrance = { host: hostOf(objects), namespace, service, port: portOf(objects, service) };
  const change = {
    app,
    namespace,
    identify: async ({ name }: { readonly name: string }) => [await versionOf(lab, namespace, name)],
    watch: async () => ({
      witness: fakeWitness(lab.sandbox, lab.clock, asking, mode, entrance),
      baseline: fixedGate<never>('baseline'),
      traffic: fixedGate<never>('traffic'),
    }),
  } as const;
  return {
    release: (version: string) =>
      lab.deploy(withStandIns(objects, version), { ...change, workload, service }),
    rollback: () => lab.rollback(change),
    serving: () => askFor(lab.sandbox, mode, entrance).env.VERSION,
  };
}

/** The version of a pod's image: the tag by which the sandbox tells the stand-ins apart. */
async function versionOf(lab: Lab, namespace: string, name: string): Promise<string> {
  const pod = await lab.cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name });
  const spec = pod?.spec as { containers: { image: string }[] } | undefined;
  return spec?.containers[0]?.image.split(':')[1] ?? '';
}
