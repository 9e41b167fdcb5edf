import { describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../src/base/index.ts';
import { createPlainProgress } from '../../../src/hosts/plain-progress.ts';

function given() {
  const clock = createVirtualClock();
  const lines: string[] = [];
  const progress = createPlainProgress((line) => void lines.push(line), clock);
  progress.plan([
    { id: 'lock', title: 'Take the lock' },
    { id: 'ready', title: 'Wait for the pods' },
  ]);
  return { clock, lines, progress };
}

describe('progress in a log', () => {
  it('tells a short step once, when it has ended', async () => {
    const { clock, lines, progress } = given();
    progress.begin('lock');
    await clock.sleep(900);
    progress.end('lock', 'done', 'token 1');
    await clock.sleep(5_000);
    expect(lines).toEqual(['✓ Take the lock (900 ms): token 1']);
  });

  it('says of a long one what is going on, and then how it ended', async () => {
    const { clock, lines, progress } = given();
    progress.begin('ready');
    await clock.sleep(1_100);
    expect(lines).toEqual(['… Wait for the pods']);
    await clock.sleep(60_000);
    progress.end('ready', 'failed', '1 of 2 pods');
    expect(lines.slice(1)).toEqual(['✗ Wait for the pods (1 min 1 s): 1 of 2 pods']);
  });

  it('tells of a step that is undone, and of one that was never begun here', async () => {
    const { lines, progress } = given();
    progress.begin('lock');
    progress.end('lock', 'done', '');
    progress.begin('lock');
    progress.end('lock', 'undone', 'put back');
    progress.end('later', 'skipped', '');
    expect(lines).toEqual(['✓ Take the lock (0 ms)', '↺ Take the lock (0 ms): put back', '– later']);
  });

  it('says nothing more once it is closed', async () => {
    const { clock, lines, progress } = given();
    progress.begin('ready');
    progress.close();
    await clock.sleep(5_000);
    expect(lines).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});
