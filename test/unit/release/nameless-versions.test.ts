import { describe, expect, it } from '@jest/globals';
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
});
