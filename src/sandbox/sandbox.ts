import type { Clock, Log, Milliseconds } from '../base/index.ts';
import type { Faults } from './faults.ts';
import type { CustomImages } from './images.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** `process`: pods are local processes with real sockets. `fake`: pods only change their status, on the clock. */
  readonly pods: 'process' | 'fake';
  readonly log?: Log;
  /** From a pod's readiness to the EndpointSlice that says so. */
  readonly endpointDelayMs?: Milliseconds;
  /** From an EndpointSlice or HTTPRoute to the proxies that follow it. */
  readonly propagationDelayMs?: Milliseconds;
  /** Folder of the programs that images stand for; default: `examples` of this package. */
  readonly programs?: string;
  /** Images beside the fixed table, by name. `command`, `args` and volumes of manifests are still not looked at. */
  readonly images?: CustomImages;
  /** Called with what pods print, as it comes, in pieces of any size: a pod's own log is gone with the pod. */
  readonly onPodOutput?: (pod: PodName, text: string) => void;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/** One request of the Kubernetes API, without a socket. */
export interface ApiRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** One chunk for most answers, many for a watch or a followed log. */
  readonly body: AsyncIterable<string>;
}

/** A line of the API's request log, in order. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly userAgent: string;
}

/** A request that the gateway took, for the witnesses of a zero-loss run. */
export interface GatewayLogEntry {
  /** `x-request-id`, empty when the client sent none. */
  readonly id: string;
  readonly host: string;
  /** Name of the backend Service. */
  readonly backend: string;
  readonly pod: string;
  readonly status: number;
}

/** The answer that the gateway (or a Service) would give now; for `fake` pods, which have no sockets. */
export interface FakeAnswer {
  readonly status: number;
  readonly pod: string;
  /** The pod's environment, as its template has it: `VERSION`, `ERROR_RATE`, … */
  readonly env: Readonly<Record<string, string>>;
}

/** A Kubernetes API in one process: for people without a cluster, and for fast tests. */
export interface Sandbox {
  /** Answers one API request in process. */
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** Opens the API on a loopback port with TLS. The kubeconfig's context is named `sandbox`. */
  listen(port?: number): Promise<{ readonly url: string; readonly kubeconfig: string }>;
  /** Says which bearer tokens are good from now on, instead of the one in the kubeconfig: for credentials that expire. */
  acceptTokens(isGood: (token: string) => boolean): void;
  /** `http://127.0.0.1:<port>`: the listener of the Gateway `web` in namespace `default`. Process pods only. */
  readonly gatewayUrl: string;
  readonly faults: Faults;
  readonly requests: readonly LoggedRequest[];
  readonly gatewayLog: readonly GatewayLogEntry[];
  /**
   * `http://<address>:<port>`: where a caller inside the cluster reaches a Service, by the number or the name of its
   * port. For a headless Service it is a ready pod's. Process pods on Linux only; throws NotFound without an address.
   */
  serviceUrl(namespace: string, service: string, port?: number | string): string;
  /** Address of the node, where the node ports of Services are open. Process pods on Linux only; else undefined. */
  readonly nodeAddress: string | undefined;
  /** What a request with this Host through the gateway would meet now; `target` is `/` by default. Fake pods only. */
  fakeAnswer(host: string, target?: string): FakeAnswer;
  /** What a caller inside the cluster would meet at a Service now: 503 where it would be refused. Fake pods only. */
  fakeServiceAnswer(namespace: string, service: string, port?: number | string): FakeAnswer;
  /** The same on a connection that was opened to this pod before, and stays there: 502 once the pod is gone. */
  fakePodAnswer(namespace: string, pod: string): FakeAnswer;
  /**
   * What the metrics of a HorizontalPodAutoscaler ask for from now on: the sandbox has no metrics of its own. Its
   * limits and its stabilisation still count. Undefined: there are no metrics, as at the start.
   */
  setDesiredReplicas(namespace: string, autoscaler: string, replicas: number | undefined): void;
  /** Kills a pod's process without any grace, as a lost node would. */
  killPod(namespace: string, name: string): void;
  close(): Promise<void>;
}
