import type { Clock, Milliseconds } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';
import { type Locate, startProbe } from './probe.ts';

export interface ProbedContainer {
  readonly clock: Clock;
  readonly spec: StoredObject;
  /** For a container without sockets: it is ready after this long, whatever its probes say. */
  readonly readyAfterMs: Milliseconds | undefined;
  readonly locate: Locate;
  onStarted(): void;
  onReady(ready: boolean): void;
  /** A startup or liveness probe gave up on it. */
  onUnhealthy(probe: 'startup' | 'liveness'): void;
  warn(reason: 'Unhealthy' | 'ProbeWarning', message: string): void;
}

/** Watches over one run of a container: first its startup probe, then readiness and liveness. Returns how to stop. */
export function startContainerProbes(container: ProbedContainer): () => void {
  const { clock, spec, readyAfterMs, locate } = container;
  const { startupProbe, readinessProbe, livenessProbe } = spec;
  let stops: (() => void)[] = [];

  function watch(
    kind: string,
    settings: StoredObject,
    onResult: (healthy: boolean) => void,
    hasty = false,
  ): void {
    if (settings.httpGet === undefined && settings.tcpSocket === undefined) {
      container.warn('ProbeWarning', `${kind} probe of this kind is not supported here: it counts as passed`);
    }
    const onFailure = (message: string) => container.warn('Unhealthy', `${kind} probe failed: ${message}`);
    stops.push(startProbe(clock, settings, locate, { onResult, onFailure }, hasty));
  }

  function stop(): void {
    for (const stopOne of stops) stopOne();
    stops = [];
  }

  function afterStartup(): void {
    stop();
    container.onStarted();
    if (readinessProbe === undefined) container.onReady(true);
    else watch('Readiness', readinessProbe, container.onReady, true);
    if (livenessProbe === undefined) return;
    watch('Liveness', livenessProbe, (healthy) => {
      if (!healthy) container.onUnhealthy('liveness');
    });
  }

  if (readyAfterMs !== undefined) {
    stops.push(
      clock.after(readyAfterMs, () => {
        container.onStarted();
        container.onReady(true);
      }),
    );
  } else if (startupProbe === undefined) {
    afterStartup();
  } else {
    watch('Startup', startupProbe, (healthy) => {
      if (healthy) afterStartup();
      else container.onUnhealthy('startup');
    });
  }
  return stop;
}
