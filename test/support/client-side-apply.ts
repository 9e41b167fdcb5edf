import { at, canonicalJson, equalJson, isJsonObject, type JsonObject } from '../../src/base/index.ts';
import type { KubeObject } from '../../src/cluster/index.ts';
import type { Lab } from './release-lab.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const plurals: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  Service: 'services',
  HTTPRoute: 'httproutes',
};

/**
 * Applies a manifest as `kubectl apply` does without `--server-side`, and as `helm upgrade` does with the manifest of the
 * release before: fields are set where they differ, and only those are deleted that the manifest applied before had.
 * What others have added stays. Built-in kinds are patched strategically, custom ones by a merge patch.
 */
export async function applyClientSide(lab: Lab, manifest: KubeObject): Promise<void> {
  const { apiVersion, kind, metadata } = manifest;
  const standing = await lab.get(apiVersion, kind, metadata.name);
  const annotated = withAnnotation(manifest);
  if (standing === undefined) {
    await lab.cluster.create(annotated);
    return;
  }
  const before: unknown = JSON.parse(standing.metadata.annotations?.[lastApplied] ?? '{}');
  const patch = merge(difference(standing, annotated), deletions(before, manifest));
  if (Object.keys(patch).length === 0) return;
  const isCustom = kind === 'HTTPRoute';
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const response = await lab.sandbox.handle({
    method: 'PATCH',
    path: `${root}/namespaces/${metadata.namespace}/${plurals[kind]}/${metadata.name}?fieldManager=kubectl-client-side-apply`,
    headers: {
      'content-type': isCustom ? 'application/merge-patch+json' : 'application/strategic-merge-patch+json',
    },
    body: JSON.stringify(patch),
  });
  if (response.status >= 300)
    throw new Error(`kubectl apply of ${kind} ${metadata.name}: ${response.status}`);
}

function withAnnotation(manifest: KubeObject): KubeObject {
  const annotations = { ...manifest.metadata.annotations, [lastApplied]: canonicalJson(manifest) };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/** What has to be set so that the standing object says what the manifest says. Lists are given whole. */
function difference(standing: unknown, wanted: unknown): JsonObject {
  if (!isJsonObject(wanted)) return {};
  const changes: Record<string, JsonObject[string]> = {};
  for (const [key, value] of Object.entries(wanted)) {
    const current = at(standing, key);
    if (isJsonObject(value) && isJsonObject(current)) {
      const inner = difference(current, value);
      if (Object.keys(inner).length > 0) changes[key] = inner;
    } else if (value !== undefined && !equalJson(current, value)) changes[key] = value;
  }
  return changes;
}

/** What the manifest applied before had, and this one has not. */
function deletions(before: unknown, wanted: unknown): JsonObject {
  if (!isJsonObject(before)) return {};
  const gone: Record<string, JsonObject[string]> = {};
  for (const [key, value] of Object.entries(before)) {
    const kept = at(wanted, key);
    if (kept === undefined) gone[key] = null;
    else if (isJsonObject(value)) {
      const inner = deletions(value, kept);
      if (Object.keys(inner).length > 0) gone[key] = inner;
    }
  }
  return gone;
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const both: Record<string, JsonObject[string]> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const other = both[key];
    both[key] = isJsonObject(other) && isJsonObject(value) ? merge(other, value) : value;
  }
  return both;
}
