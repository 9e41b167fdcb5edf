import type { Cluster } from '../../cluster/index.ts';
import type { JournalHandle } from '../step.ts';
import type { Journal, JournaledRelease } from './journal.ts';
import { saveJournal } from './journal-store.ts';

/** The journal of one run: changed in memory, and written whole whenever a step asks for it. */
export function holdJournal(cluster: Cluster, journal: Journal, release: JournaledRelease): JournalHandle {
  let current: Journal = { ...journal, release };
  let running = release;
  return {
    get current() {
      return current;
    },
    get release() {
      return running;
    },
    update(change) {
      current = { ...current, ...change };
    },
    updateRelease(change) {
      running = { ...running, ...change };
      current = { ...current, release: running };
    },
    save: () => saveJournal(cluster, current),
  };
}
