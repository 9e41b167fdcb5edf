import { isJsonObject, StreamGateError } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { appLabel, journalRef, managedByLabel, manager } from '../slots/names.ts';

/** Every app of a namespace that was ever released: it has a journal. In the order of their names. Throws `NotFound` where there is no such namespace. */
export async function findApps(cluster: Cluster, namespace: string): Promise<readonly string[]> {
  const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const all = await cluster.list(kind, { namespace, labelSelector: `${managedByLabel}=${manager}` });
  if (all.length === 0) await requireNamespace(cluster, namespace);
  return all
    .filter(({ metadata, data }) => {
      const app = metadata.labels?.[appLabel] ?? '';
      const isNamed = metadata.name === journalRef(namespace, app).name;
      return isNamed && isJsonObject(data) && data.journal !== undefined;
    })
    .map(({ metadata }) => metadata.labels?.[appLabel] ?? '')
    .sort();
}

/** The list of what is in a namespace that is not there is empty, too. Asked by what every release may do: a dry run. */
async function requireNamespace(cluster: Cluster, namespace: string): Promise<void> {
  const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${manager}-check`, namespace } };
  try {
    await cluster.create(probe, { dryRun: true });
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'NotFound') return;
    throw new StreamGateError(
      'NotFound',
      `Namespace ${namespace} is not there, so nothing of it can be due`,
      {
        remedy: 'Correct `namespace`, or the cluster that `kubeconfig` and `context` name.',
        cause: thrown,
      },
    );
  }
}
