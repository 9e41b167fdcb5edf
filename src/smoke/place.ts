import { StreamGateError } from '../base/index.ts';
import type { Check } from './check.ts';
import type { HttpEndpoint } from './http-attempt.ts';

/** A way to one port of a pod, open until closed. */
export interface Reach {
  readonly host: string;
  readonly port: number;
  /** Why the last connection was not carried to the pod, or not to its end; undefined when that is no fault of the way. */
  trouble?(): StreamGateError | undefined;
  close(): Promise<void>;
}

export interface PodTarget {
  readonly name: string;
  /** @throws StreamGateError when the way cannot be opened; `NotFound` when the pod is gone */
  connect(port: number): Promise<Reach>;
}

/** What is looked at: each ready pod by itself, or one address. */
export type SmokeSubject =
  | { readonly pods: readonly PodTarget[]; readonly url?: undefined }
  | { readonly url: URL; readonly host?: string | undefined; readonly pods?: undefined };

/** A way that is open for one attempt, or for several. */
export interface Way extends HttpEndpoint {
  trouble(): StreamGateError | undefined;
  close(): Promise<void>;
}

/** One thing that every check is run on. */
export interface Place {
  readonly name: string;
  /** Opens the way for one attempt. */
  open(check: Check): Promise<Way>;
}

/** @param defaultPort the port of the pods for checks that name none */
export function placesOf(subject: SmokeSubject, defaultPort: number | undefined): readonly Place[] {
  if (subject.pods !== undefined) return subject.pods.map((pod) => podPlace(pod, defaultPort));
  return [urlPlace(subject.url, subject.host)];
}

function podPlace(pod: PodTarget, defaultPort: number | undefined): Place {
  return {
    name: pod.name,
    async open(check) {
      const port = check.port ?? defaultPort;
      if (port === undefined) {
        throw new StreamGateError(
          'Usage',
          `the check "${check.name}" names no port, and the pods declare none`,
          {
            remedy: 'Add port: to the check.',
          },
        );
      }
      const reach = await pod.connect(port);
      // Like the kubelet: a pod's certificate names a service, not the end of a port-forward.
      const tls = { secure: check.kind === 'http' && check.scheme === 'https', verify: false };
      const { host } = reach;
      return {
        host,
        port: reach.port,
        ...tls,
        publicHost: undefined,
        basePath: '',
        trouble: () => reach.trouble?.(),
        close: () => reach.close(),
      };
    },
  };
}

function urlPlace(url: URL, publicHost: string | undefined): Place {
  const secure = url.protocol === 'https:';
  const urlPort = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return {
    name: publicHost ?? url.host,
    async open(check) {
      return {
        host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: check.port ?? urlPort,
        secure,
        verify: true,
        publicHost,
        basePath: url.pathname.replace(/\/$/, ''),
        trouble: () => undefined,
        close: async () => {},
      };
    },
  };
}
