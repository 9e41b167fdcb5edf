import { describe, expect, it } from '@jest/globals';
import { createVirtualClock, systemClock } from '../../src/base/index.ts';
import { compareCommits } from '../../src/github/index.ts';
import { type Answer, startGitHub } from '../support/github-double.ts';

async function compareGiven(answer: Answer | readonly Answer[], basehead = 'old...new') {
  const github = await startGitHub({ [basehead]: answer });
  const clock = typeof answer === 'object' ? createVirtualClock() : systemClock;
  const signal = new AbortController().signal;
  const source = { token: 'secret', apiUrl: github.url, repository: 'acme/shop', clock, signal };
  const comparison = await compareCommits(source, 'old', 'new');
  await github.close();
  return { comparison, asked: github.asked, problems: github.problems };
}

describe('two commits, as GitHub compares them,', () => {
  it.each([
    ['identical', 'same'],
    ['ahead', 'newer'],
    ['behind', 'older'],
    ['diverged', 'diverged'],
  ] as const)('that are %s, are %s', async (answer, relation) => {
    const { comparison, asked, problems } = await compareGiven(answer);
    expect(comparison).toEqual({ relation, detail: '' });
    expect(problems).toEqual([]);
    expect(asked).toEqual(['old...new']);
  });

  it.each([
    [404, 'not in the repository'],
    [401, 'does not accept the token'],
    [403, 'status 403'],
  ])(
    'that it does not compare (%p), have no order that is known, with the reason',
    async (status, reason) => {
      const { comparison, asked } = await compareGiven(status);
      expect(comparison).toEqual({ relation: 'unknown', detail: expect.stringContaining(reason) });
      expect(asked).toHaveLength(1);
    },
  );

  it('are asked for again when it is in trouble for a moment', async () => {
    const { comparison, asked } = await compareGiven([502, 'ahead']);
    expect(comparison.relation).toBe('newer');
    expect(asked).toHaveLength(2);
  });

  it('are not asked for for ever', async () => {
    const { comparison, asked } = await compareGiven([503]);
    expect(comparison).toEqual({ relation: 'unknown', detail: expect.stringContaining('503') });
    expect(asked).toHaveLength(3);
  });
});
