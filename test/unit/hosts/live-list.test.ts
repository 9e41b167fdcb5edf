import { describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../src/base/index.ts';
import { createDisplay, type Screen } from '../../../src/hosts/live-list.ts';

function record(isTTY: boolean): { screen: Screen; written: string[] } {
  const written: string[] = [];
  const screen = {
    write: (text: string) => void written.push(text),
    isTTY,
    color: false,
    size: () => ({ columns: 80, rows: 24 }),
  };
  return { screen, written };
}

describe('progress', () => {
  it('away from a terminal is plain lines, with what is logged between them', async () => {
    const clock = createVirtualClock();
    const { screen, written } = record(false);
    const { progress, log, close } = createDisplay(screen, clock, { verbose: false });
    progress.plan([{ id: 'ready', title: 'Wait for the pods' }]);
    progress.begin('ready');
    await clock.sleep(1_500);
    log.info('3 of 3');
    log.debug('not asked for');
    progress.end('ready', 'done', 'all ready');
    close();
    expect(written.join('')).toBe(
      '  … Wait for the pods\n3 of 3\n  ✓ Wait for the pods (1.5 s): all ready\n',
    );
  });

  it('knows which ends of steps were seen, so that nobody sums them up again', () => {
    const { progress, told } = createDisplay(record(false).screen, createVirtualClock(), { verbose: false });
    progress.plan([{ id: 'a', title: 'A' }]);
    expect(told({ id: 'a', state: 'planned' })).toBe(false);
    progress.begin('a');
    progress.end('a', 'done', '');
    expect(told({ id: 'a', state: 'done' })).toBe(true);
    expect(told({ id: 'a', state: 'undone' })).toBe(false);
  });

  it('on a terminal is redrawn in place while a step runs, and not after', async () => {
    const clock = createVirtualClock();
    const { screen, written } = record(true);
    const { progress, close } = createDisplay(screen, clock, { verbose: false });
    progress.plan([
      { id: 'a', title: 'A' },
      { id: 'b', title: 'B' },
    ]);
    progress.begin('a');
    await clock.sleep(250);
    expect(written.some((text) => text.includes('\u001b[2A'))).toBe(true);
    progress.end('a', 'failed', 'refused');
    close();
    expect(written.at(-1)).toBe('  ✗ A  250 ms  refused\n  · B\n');
    expect(clock.pending()).toBe(0);
  });

  it.each([true, false])(
    'shows what others wrote as text that moves no cursor (on a terminal: %s)',
    (isTTY) => {
      const { screen, written } = record(isTTY);
      const { progress, log, close } = createDisplay(screen, createVirtualClock(), { verbose: false });
      progress.plan([{ id: 'a', title: 'A' }]);
      progress.begin('a');
      log.warn('refused:\n  \u001b]0;x\u0007no \u001b[2Jroom');
      progress.end('a', 'failed', 'it ended\n\u001b]0;x\u0007\u001b[31mbadly\u009b');
      close();
      const text = written.join('');
      expect(text).toContain('warning: refused:\n  no room\n');
      for (const code of ['\u001b]', '\u0007', '\u001b[2J', '\u001b[31m', '\u009b'])
        expect(text.includes(code)).toBe(false);
      if (isTTY) expect(text).toContain('it ended badly');
    },
  );
});
