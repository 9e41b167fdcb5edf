import { describe, expect, it } from '@jest/globals';
import { contract } from '../../../src/commands/bluegreen-deploy/contract.ts';
import { readInputs } from '../../../src/contract/index.ts';

/** What is wrong with these inputs of a release, beside those that every release needs. */
async function problemsOf(given: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { problems } = await readInputs(contract, {
    app: 'shop',
    namespace: 'default',
    manifests: 'k8s',
    ...given,
  });
  return problems.map(({ input, problem }) => `${input}: ${problem}`);
}

describe('what becomes of kept connections', () => {
  it('is that they stay, unless something else is asked for', async () => {
    const { inputs } = await readInputs(contract, { app: 'shop', namespace: 'default', manifests: 'k8s' });
    expect(inputs).toMatchObject({ drain: 'keep', rollbackWindow: 600_000, drainDeadline: 120_000 });
  });

  it.each<Readonly<Record<string, string>>>([
    {},
    { drain: 'keep' },
    { drain: 'keep', 'rollback-window': '1h' },
    { 'rollback-window': '0s' },
    { drain: 'close' },
    { drain: 'close', 'drain-deadline': '1s' },
    { drain: 'close', until: 'retired' },
    { drain: 'close', until: 'preview' },
  ])('may be said by %j', async (given) => {
    expect(await problemsOf(given)).toEqual([]);
  });

  it.each<readonly [Readonly<Record<string, string>>, string]>([
    [
      { drain: 'close', 'rollback-window': '10m' },
      'the old version goes at once, so that there is no window',
    ],
    [{ drain: 'keep', 'drain-deadline': '1m' }, 'nothing is waited for while the old version is kept'],
    // Keeping is the default, so that a deadline alone is for nothing as well.
    [{ 'drain-deadline': '1m' }, 'nothing is waited for while the old version is kept'],
  ])('may not be said by %j', async (given, because) => {
    expect(await problemsOf(given)).toEqual([expect.stringContaining(because)]);
  });

  it('is one of two things', async () => {
    expect(await problemsOf({ drain: 'never' })).toEqual([expect.stringContaining('drain: ')]);
  });

  it.each(['0s', '7h'])('has a deadline within bounds, which %s is not', async (deadline) => {
    expect(await problemsOf({ drain: 'close', 'drain-deadline': deadline })).toEqual([
      expect.stringContaining('drain-deadline: '),
    ]);
  });
});
