import type { JournaledRelease } from '../../src/release/journal/journal.ts';
import type { Names } from '../../src/release/slots/names.ts';

/** What the objects of the app `shop` are called, with one route. */
export function shopNames(change: Partial<Names> = {}): Names {
  return {
    app: 'shop',
    namespace: 'default',
    entry: 'shop',
    routes: ['shop'],
    deployments: { blue: 'shop-blue', green: 'shop-green' },
    services: { blue: 'shop-blue', green: 'shop-green' },
    ...change,
  };
}

/** Its first release, before the first step. */
export const firstRelease: JournaledRelease = {
  id: 'shop-1',
  strategy: 'blue-green',
  phase: 'running',
  commit: '',
  runId: '',
  runAttempt: '',
  actor: '',
  startedAt: '',
  candidate: { slot: 'blue', revision: 1 },
  stable: null,
  template: '',
  steps: [],
};
