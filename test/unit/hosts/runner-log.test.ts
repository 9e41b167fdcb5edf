import { describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../src/base/index.ts';
import {
  createRunnerLog,
  createRunnerProgress,
  defuse,
  type RunnerConsole,
} from '../../../src/hosts/runner-log.ts';

function record(): { console: RunnerConsole; lines: string[] } {
  const lines: string[] = [];
  const keep = (kind: string) => (message: string) => void lines.push(`${kind} ${message}`);
  const console = {
    debug: keep('debug'),
    info: keep('info'),
    warning: keep('warning'),
    error: keep('error'),
    startGroup: keep('group'),
    endGroup: () => void lines.push('end'),
  };
  return { console, lines };
}

describe('the log of a runner', () => {
  it.each([
    ['::set-output name=verdict::pass', ': :set-output name=verdict::pass'],
    ['answer:\n  ::add-mask::a', 'answer:\n  : :add-mask::a'],
    ['x ##[error]y', 'x ## [error]y'],
    ['std::vector stays', 'std::vector stays'],
  ])('takes the power from %j', (text, harmless) => {
    expect(defuse(text)).toBe(harmless);
  });

  it('defuses whatever is logged', () => {
    const { console, lines } = record();
    const log = createRunnerLog(console);
    log.info('::a');
    log.warn('::b');
    log.error('::c');
    log.debug('::d');
    expect(lines).toEqual(['info : :a', 'warning : :b', 'error : :c', 'debug : :d']);
  });

  it('groups what a step logs, and says after the group how it ended', async () => {
    const clock = createVirtualClock();
    const { console, lines } = record();
    const progress = createRunnerProgress(console, clock);
    progress.plan([{ id: 'ready', title: 'Wait for the pods' }]);
    progress.begin('ready');
    await clock.sleep(2_000);
    progress.end('ready', 'done', '3 of 3');
    progress.end('later', 'skipped', '');
    expect(lines).toEqual([
      'group Wait for the pods',
      'end',
      'info ✓ Wait for the pods (2 s): 3 of 3',
      'info – later',
    ]);
  });
});
