import type { KubeconfigSource } from './kubeconfig.ts';
import type { Transport } from './transport.ts';

export type {
  AccessQuestion,
  Cluster,
  JsonPatchOperation,
  ListOptions,
  PodLogOptions,
  PortForward,
  WatchEvent,
} from './cluster.ts';
export type { CredentialsEnd } from './credentials-end.ts';
export {
  disappeared,
  fencedApply,
  fencedPatch,
  removeField,
  replaceField,
  stampToken,
  tokenAnnotation,
  tokenOf,
} from './fence.ts';
export { createCluster, fieldManager } from './kube-cluster.ts';
export type { KubeconfigSource } from './kubeconfig.ts';
export { type ManifestFile, parseManifests } from './manifests.ts';
export {
  describeRef,
  groupOf,
  type KindRef,
  type KubeObject,
  type ObjectMeta,
  type ObjectRef,
  type OwnerReference,
  refOf,
} from './objects.ts';
export { type Labels, matchesSelector, selectorText, selectsLabels } from './selectors.ts';
export type { ApiRequest, ApiResponse, Transport } from './transport.ts';

/** Connects by kubeconfig. The client library is large and loaded only here, when a cluster is really wanted. */
export async function connectTransport(source: KubeconfigSource): Promise<Transport> {
  const { connect } = await import('./connect.ts');
  return connect(source);
}
