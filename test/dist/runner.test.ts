import { describe, expect, it } from '@jest/globals';
import { parseCommandFile, readCommands } from '../support/runner.ts';

describe('the runner that the suites use', () => {
  it('reads command files as a runner does', () => {
    const text = 'verdict=pass\nurl=http://x/?a=b\nreason<<END_1\nfirst\n\nverdict=fail\nEND_1\nempty=\n';
    expect(parseCommandFile(text)).toEqual({
      verdict: 'pass',
      url: 'http://x/?a=b',
      reason: 'first\n\nverdict=fail',
      empty: '',
    });
  });

  it('refuses what a runner would refuse', () => {
    expect(() => parseCommandFile('reason<<END\nfirst\n')).toThrow('never ends');
    expect(() => parseCommandFile('neither')).toThrow('neither');
  });

  it('reads annotations and masks out of the log', () => {
    const log =
      'plain\n::add-mask::s3cr3t\n::error title=a%3A b::one%0Atwo 100%25\n::warning::w\n: :error::defused\n';
    expect(readCommands(log)).toEqual({
      annotations: [
        { level: 'error', title: 'a: b', message: 'one\ntwo 100%' },
        { level: 'warning', title: '', message: 'w' },
      ],
      masks: ['s3cr3t'],
    });
  });
});
