import type { TrafficRouter } from './router.ts';

/** For an app that no route leads to: its own Service moves all of its traffic, and there is nothing to steer beside it. */
export const noRouter: TrafficRouter = {
  name: 'no route',
  target: async () => ({ kind: 'entry' }),
  image: async () => ({}),
  stamp: async () => {},
  send: async () => {},
  restore: async () => {},
  pending: async () => undefined,
};
