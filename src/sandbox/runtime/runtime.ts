import type { Clock, Log, Milliseconds } from '../../base/index.ts';
import type { FakeAnswer, GatewayLogEntry, SandboxOptions } from '../sandbox.ts';
import type { Store } from '../store.ts';

/** What the controllers and proxies need to run. */
export interface RuntimeContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly options: SandboxOptions;
  /** Asked anew for each change, because a fault may set them at any time. */
  delays(): { readonly endpointMs: Milliseconds; readonly propagationMs: Milliseconds };
}

export interface PodLogRequest {
  readonly container?: string;
  readonly tailLines?: number;
  /** Of the run before the last restart. */
  readonly previous?: boolean;
  /** Go on with new lines until the signal ends it or the container does. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** Everything behind the API: controllers, pods, proxies. */
export interface Runtime {
  /** First half of the addresses of Services; undefined when nothing listens on them. */
  readonly serviceNetwork: string | undefined;
  /** Where node ports are open; undefined when they are not. */
  readonly nodeAddress: string | undefined;
  /** Chunks of log text. Throws ApiError 404 or 400 as the kubelet would. */
  podLog(namespace: string, name: string, request: PodLogRequest): AsyncIterable<string>;
  /** Where a pod's container port can be reached on this machine; undefined when it cannot. */
  podAddress(
    namespace: string,
    name: string,
    port: number,
  ): { readonly host: string; readonly port: number } | undefined;
  readonly gatewayUrl: string;
  readonly gatewayLog: readonly GatewayLogEntry[];
  fakeAnswer(host: string, target?: string): FakeAnswer;
  /** See Sandbox. */
  fakeServiceAnswer(namespace: string, name: string, port?: number | string): FakeAnswer;
  /** See Sandbox. */
  fakePodAnswer(namespace: string, pod: string): FakeAnswer;
  /** Where a caller inside the cluster finds a Service. Throws NotFound. */
  serviceAddress(
    namespace: string,
    name: string,
    port?: number | string,
  ): { readonly host: string; readonly port: number };
  /** See Sandbox. */
  setDesiredReplicas(namespace: string, autoscaler: string, replicas: number | undefined): void;
  killPod(namespace: string, name: string): void;
  stop(): Promise<void>;
}
