import type { RunRequest } from '../request.ts';
import { type Lock, type LockRequest, takeLock } from './lock.ts';

/** Does something under the lock of the app, and gives the lock back whatever comes of it. Waits for it as the request says. */
export async function underLock<Result>(
  request: RunRequest & Pick<LockRequest, 'endedProcess' | 'versionSecrets'>,
  act: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const timeoutMs = request.lockTimeoutMs;
  const lock = await takeLock({ ...request, timeoutMs, identity: identityOf(request) });
  try {
    return await act(lock);
  } finally {
    await lock.release();
  }
}

/** Who we are, for whoever finds the lock taken. */
export function identityOf({ run: facts }: Pick<RunRequest, 'run'>): string {
  const where =
    facts.runId === ''
      ? `${facts.actor || 'somebody'} at a terminal`
      : `${facts.repository} run ${facts.runId}/${facts.runAttempt}`;
  return facts.commit === '' ? where : `${where} commit ${facts.commit.slice(0, 12)}`;
}
