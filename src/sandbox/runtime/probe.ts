import { request } from 'node:http';
import { connect } from 'node:net';
import { type Clock, messageOf } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';

/** Where a container port can be reached; `port` may be a name. */
export type Locate = (port: number | string) => { readonly host: string; readonly port: number } | undefined;

export interface ProbeEvents {
  /** The thresholds were reached. */
  onResult(healthy: boolean): void;
  /** One attempt failed. */
  onFailure(message: string): void;
}

/** Runs one probe of a container until stopped, as the kubelet does: delay, period, time limit, thresholds. */
export function startProbe(
  clock: Clock,
  probe: StoredObject,
  locate: Locate,
  { onResult, onFailure }: ProbeEvents,
  /** Probes faster than its period until it first succeeds, so that a program is not kept waiting for a long period. */
  hasty = false,
): () => void {
  const periodMs = (probe.periodSeconds ?? 10) * 1_000;
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000;
  const limits = { ok: probe.successThreshold ?? 1, failed: probe.failureThreshold ?? 3 };
  let row = { healthy: false, length: 0 };
  let impatient = hasty;
  let stopped = false;
  let cancel = clock.after((probe.initialDelaySeconds ?? 0) * 1_000 || firstTryMs, () => void attempt());

  async function attempt(): Promise<void> {
    const failure = await tryOnce(probe, locate, timeoutMs).catch(messageOf);
    if (stopped) return;
    const healthy = failure === undefined;
    row = { healthy, length: row.healthy === healthy ? row.length + 1 : 1 };
    if (healthy) impatient = false;
    else onFailure(failure);
    if (row.length >= (healthy ? limits.ok : limits.failed)) onResult(healthy);
    if (!stopped)
      cancel = clock.after(impatient ? Math.min(periodMs, hastyMs) : periodMs, () => void attempt());
  }

  return () => {
    stopped = true;
    cancel();
  };
}

const firstTryMs = 200;
const hastyMs = 200;

/** What went wrong; undefined when all is well. */
async function tryOnce(probe: StoredObject, locate: Locate, timeoutMs: number): Promise<string | undefined> {
  const { httpGet, tcpSocket } = probe;
  // exec and grpc cannot be run here: the pod counts as healthy, and the kubelet said so when it started.
  if (httpGet === undefined && tcpSocket === undefined) return undefined;
  const target = locate((httpGet ?? tcpSocket).port);
  if (target === undefined) return 'the port has no address';
  return httpGet ? getOnce(httpGet, target, timeoutMs) : connectOnce(target, timeoutMs);
}

function getOnce(
  httpGet: StoredObject,
  target: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const named: readonly { readonly name: string; readonly value: string }[] = httpGet.httpHeaders ?? [];
    const headers = Object.fromEntries(named.map(({ name, value }) => [name, value]));
    const call = request({ ...target, path: httpGet.path ?? '/', headers, agent: false }, (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      resolve(
        statusCode >= 200 && statusCode < 400
          ? undefined
          : `HTTP probe failed with statuscode: ${statusCode}`,
      );
      response.on('error', () => {});
    });
    // A time limit of the real network, not of the clock: only real pods are probed.
    call.setTimeout(timeoutMs, () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    call.on('error', (error) =>
      resolve(`Get "http://${target.host}:${target.port}${httpGet.path ?? '/'}": ${error.message}`),
    );
    call.end();
  });
}

function connectOnce(
  target: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(target);
    const end = (failure: string | undefined) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(timeoutMs, () => end(`no connection within ${timeoutMs} ms`));
    socket.on('connect', () => end(undefined));
    socket.on('error', (error) => end(`dial tcp ${target.host}:${target.port}: ${error.message}`));
  });
}
