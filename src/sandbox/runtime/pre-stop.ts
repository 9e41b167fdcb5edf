import type { Milliseconds } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';

/** How long to wait before SIGTERM; undefined for a hook that would have to be executed. */
export function preStopSleepMs(hook: StoredObject | undefined): Milliseconds | undefined {
  if (hook === undefined) return 0;
  if (hook.sleep !== undefined) return (hook.sleep.seconds ?? 0) * 1_000;
  // Manifests from before the sleep hook say it with a shell; its meaning is plain, so it is not executed either.
  const command = (hook.exec?.command ?? []).join(' ');
  const [, seconds] = /(?:^|\s|\/)sleep (\d+(?:\.\d+)?)$/.exec(command) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
