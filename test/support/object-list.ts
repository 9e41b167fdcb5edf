import type { Cluster } from '../../src/cluster/index.ts';
import { listObjects as listObjectsOf } from '../../tools/kill-sweep/object-list.ts';
import { namespace } from './release-lab.ts';

/** The objects of the lab, each as one line, without what differs from run to run. */
export function listObjects(cluster: Cluster): Promise<string[]> {
  return listObjectsOf(cluster, namespace);
}
