import { describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import { manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('two versions that cannot be told apart', () => {
  it.each([
    [
      'since both say the same',
      { VERSION: 'same' },
      [expect.stringContaining('Both versions call themselves')],
    ],
    ['since neither says anything', {}, []],
  ])(
    '%s, are released all the same, by the word of the gateway and good answers',
    async (_why, name, warnings) => {
      const lab = await openLab();
      await lab.deploy(manifests({ ...name, COLOUR: 'red' }));
      const result = await lab.deploy(manifests({ ...name, COLOUR: 'green' }));
      expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', activeSlot: 'green', warnings });
      expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
      if ('VERSION' in name) expect(await findBrokenLaws(lab)).toEqual([]);
      await lab.close();
    },
  );

  it('since there was no way to their pods, are released with warnings that say so', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      async identify({ name }) {
        throw new StreamGateError('Failed', `GET / on ${name} could not be reached`);
      },
    });
    expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expect([...result.warnings].sort()).toEqual([
      expect.stringMatching(
        /^(\d) of \1 pods of slot blue could not be asked .*: GET \/ on shop-blue-\S+ could/,
      ),
      expect.stringMatching(
        /^(\d) of \1 pods of slot green could not be asked .*: GET \/ on shop-green-\S+ could/,
      ),
    ]);
    await lab.close();
  });

  it('since the API was away when they were asked, are not released', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      identify: () => Promise.reject(new StreamGateError('Unreachable', 'no answer')),
    });
    expect(result.outcome).not.toBe('Promoted');
    await lab.close();
  });
});
