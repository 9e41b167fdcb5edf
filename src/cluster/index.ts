export type {
  AccessQuestion,
  Cluster,
  JsonPatchOperation,
  ListOptions,
  PodLogOptions,
  PortForward,
  WatchEvent,
  WriteOptions,
} from './cluster.ts';
export { describeRef, type KindRef, type KubeObject, type ObjectMeta, type ObjectRef, type OwnerReference, refOf } from './objects.ts';
