import { readFileSync, rmSync } from 'node:fs';
import { type Clock, StreamGateError } from '../../base/index.ts';
import { writePrivate } from './private-file.ts';

const pollMs = 50;
const patienceMs = 15_000;

/** Notes beside the kubeconfig which process serves it. */
export function recordRun(kubeconfig: string): void {
  writePrivate(`${kubeconfig}.pid`, `${process.pid} ${birthOf(process.pid)}\n`);
}

export function forgetRun(kubeconfig: string): void {
  rmSync(`${kubeconfig}.pid`, { force: true });
}

/** Ends the process that serves the kubeconfig, and waits until it is gone. False when none does. */
export async function endRecorded(kubeconfig: string, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const [pid = 0, birth = 0] = readNumbers(`${kubeconfig}.pid`);
  // Process ids are used again: another one's process must not be ended.
  const alive = () => pid > 1 && isAlive(pid) && birthOf(pid) === birth;
  if (!alive()) {
    forgetRun(kubeconfig);
    return false;
  }
  process.kill(pid, 'SIGTERM');
  const end = clock.monotonic() + patienceMs;
  while (alive()) {
    if (clock.monotonic() > end) {
      throw new StreamGateError('Timeout', `The sandbox (process ${pid}) did not end in time`, {
        remedy: `End it at once: kill -9 ${pid}`,
      });
    }
    await clock.sleep(pollMs, signal);
  }
  return true;
}

function readNumbers(path: string): readonly number[] {
  try {
    return readFileSync(path, 'utf8').trim().split(/\s+/).map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Start time in ticks since boot, from field 22 of `/proc/<pid>/stat` (proc(5)); 0 where there is no such file. */
function birthOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may contain blanks and brackets; the last bracket ends it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return 0;
  }
}
