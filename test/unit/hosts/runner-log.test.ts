import { describe, expect, it } from '@jest/globals';
import { createRunnerLog, defuse, type RunnerConsole } from '../../../src/hosts/runner-log.ts';

function record(): { console: RunnerConsole; lines: string[] } {
  const lines: string[] = [];
  const keep = (kind: string) => (message: string) => void lines.push(`${kind} ${message}`);
  const console = {
    debug: keep('debug'),
    info: keep('info'),
    warning: keep('warning'),
    error: keep('error'),
  };
  return { console, lines };
}

describe('the log of a runner', () => {
  it.each([
    ['::set-output name=verdict::pass', ': :set-output name=verdict::pass'],
    ['answer:\n  ::add-mask::a', 'answer:\n  : :add-mask::a'],
    ['\u0085::error::forged', '\u0085: :error::forged'],
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
});
