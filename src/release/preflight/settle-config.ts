import type { KubeObject } from '../../cluster/index.ts';
import { configRefs } from '../desired/config-refs.ts';
import { versionConfig } from '../desired/release-unit.ts';
import type { DeployRequest } from '../request.ts';
import { keyOf } from '../slots/config-copies.ts';

/** The request with its configuration as part of what is released. Reads named Secrets that only the cluster has. */
export async function settleConfig(request: DeployRequest): Promise<DeployRequest> {
  const { cluster, namespace, app, desired, versionConfigs = 'auto', versionSecrets = [] } = request;
  const given = new Set([...desired.others, ...desired.later].map(keyOf));
  const wanted = configRefs(desired.workload).filter(
    ({ kind, name }) => kind === 'Secret' && versionSecrets.includes(name) && !given.has(`Secret ${name}`),
  );
  const found: KubeObject[] = [];
  for (const name of new Set(wanted.map((ref) => ref.name))) {
    const secret = await cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name });
    if (secret !== undefined) found.push(secret);
  }
  const versioning = { configs: versionConfigs, secrets: versionSecrets };
  return { ...request, desired: versionConfig(desired, app, versioning, found) };
}
