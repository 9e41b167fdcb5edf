import { expect } from '@jest/globals';
import { askSlowly, holdWebSocket } from '../../support/held-connections.ts';
import { inBothModes } from './in-both-modes.ts';

const slowMs = 15_000;
/** Waits for its own answers when it is told to go; has time for that. */
const patient = { env: { LONGEST_ANSWER: '20s' } };

inBothModes(
  'connections that are held over a release, until the old version goes',
  async (app) => {
    const { url, hostname } = app.stage;
    await app.release('v1', patient);
    const socket = await holdWebSocket(url, hostname);
    const asked = askSlowly({ url, host: hostname }, slowMs);
    const release = await app.release('v2', { inputs: { 'rollback-window': '1s' } });
    const slow = await asked;
    // It speaks each second.
    await app.sleep(2_000);
    const heardBefore = [...socket.heard];
    const closedBefore = socket.closed;
    const retire = await app.run('retire', { app: '', due: 'true' });
    await app.until('the end of the WebSocket', () => socket.closed !== undefined);
    return { release, slow, retire, heardBefore, closedBefore, closed: socket.closed };
  },
  ({ item, told }) => {
    item('Z02 answers a request that takes long by the version that it began with', () => {
      const { app, seen } = told();
      expect(seen.release.outputs.outcome).toBe('Promoted');
      expect(seen.slow).toMatchObject({ how: '200', version: 'v1' });
      expect(seen.slow.beganAt).toBeLessThan(seen.release.began + 1_000);
      // Callers were answered by the new version before it ended.
      const reached = app.askedIn(seen.release).find(({ version, kept }) => version === 'v2' && !kept);
      expect(reached?.endedAt).toBeLessThan(seen.slow.endedAt);
      expect(app.lostIn(seen.release)).toEqual([]);
    });

    item('Z03 holds a WebSocket until the window is over, and lets its program end it in order', () => {
      const { seen } = told();
      expect(seen.closedBefore).toBeUndefined();
      expect(new Set(seen.heardBefore.map(({ version }) => version))).toEqual(new Set(['v1']));
      expect(seen.heardBefore.at(-1)?.at).toBeGreaterThan(seen.release.ended);
      expect(seen.retire.outputs.retired).toBe('shop');
      // The close frame says that the server is going away.
      expect(seen.closed).toBe(1001);
    });
  },
);
