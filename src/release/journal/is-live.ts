import { at } from '../../base/index.ts';
import type { DeployRequest } from '../request.ts';
import { revisionRef } from '../slots/names.ts';
import type { Journal } from './journal.ts';

/** Whether what is desired is what serves: by the pod template, as it was given. */
export async function isLive(
  { cluster, desired, force }: Pick<DeployRequest, 'cluster' | 'desired' | 'force'>,
  { names, live }: Pick<Journal, 'names' | 'live'>,
): Promise<boolean> {
  if (force || live === null) return false;
  const revision = await cluster.get(revisionRef(names, live.revision));
  return at(revision, 'data', 'template') === desired.template;
}
