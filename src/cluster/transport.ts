import type { PortForward } from './cluster.ts';
import type { CredentialsEnd } from './credentials-end.ts';

/** One HTTP request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<string>;
}

/**
 * How requests reach the API server: credentials, TLS and proxies are its business, and nothing else is.
 * Throws when no answer came at all.
 */
export interface Transport {
  /** Address and context, for messages. */
  readonly name: string;
  send(request: ApiRequest): Promise<ApiResponse>;
  portForward(namespace: string, pod: string, port: number): Promise<PortForward>;
  /** When the credentials end for good; undefined when that cannot be known, or when somebody renews them. */
  credentialsEnd?(): Promise<CredentialsEnd | undefined>;
}
