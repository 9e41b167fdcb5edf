/** Lets a number of tasks run at once; the others wait, in the order in which they came. */
export interface Turns {
  /** Answers what gives the turn back. Throws the reason of a signal that ends the wait. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createTurns(atOnce: number): Turns {
  let taken = 0;
  const waiting = new Set<() => void>();

  function giveBack(): void {
    const [next] = waiting;
    if (next === undefined) {
      taken -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    async take(signal) {
      signal.throwIfAborted();
      if (taken < atOnce) {
        taken += 1;
        return giveBack;
      }
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          waiting.delete(come);
          reject(signal.reason);
        };
        const come = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        waiting.add(come);
        signal.addEventListener('abort', leave, { once: true });
      });
      return giveBack;
    },
  };
}
