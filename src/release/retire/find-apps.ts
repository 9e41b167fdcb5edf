import { isJsonObject } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { appLabel, journalRef, managedByLabel, manager } from '../slots/names.ts';

/** Every app of a namespace that was ever released: it has a journal. In the order of their names. */
export async function findApps(cluster: Cluster, namespace: string): Promise<readonly string[]> {
  const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const all = await cluster.list(kind, { namespace, labelSelector: `${managedByLabel}=${manager}` });
  return all
    .filter(({ metadata, data }) => {
      const app = metadata.labels?.[appLabel] ?? '';
      const isNamed = metadata.name === journalRef(namespace, app).name;
      return isNamed && isJsonObject(data) && data.journal !== undefined;
    })
    .map(({ metadata }) => metadata.labels?.[appLabel] ?? '')
    .sort();
}
