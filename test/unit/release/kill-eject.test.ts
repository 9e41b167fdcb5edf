import { describe, expect, it } from '@jest/globals';
import { runPlainApp } from '../../support/plain-app.ts';
import { type Lab, manifests } from '../../support/release-lab.ts';
import { standingAfter, sweep } from './kill-sweep.ts';

const deploy = (version: string) => (lab: Lab) => lab.deploy(manifests({ VERSION: version }));
const plain = (lab: Lab) => runPlainApp(lab, { VERSION: 'v1' });

describe('handing an app back, killed at any of its writes', () => {
  it.each<readonly [string, readonly ((lab: Lab) => Promise<unknown>)[]]>([
    ['of a version in a slot of its own', [plain, deploy('v2')]],
    ['of what was taken over', [plain, deploy('v2'), (lab) => lab.rollback()]],
  ])(
    '%s, is ended by the same command',
    async (_what, life) => {
      const { tested, failures } = await sweep({
        async arrange(lab) {
          for (const deed of life) await deed(lab);
        },
        deed: (lab, change) => lab.eject(change),
        recover: (lab) => lab.eject(),
        wanted: await standingAfter(...life, (lab) => lab.eject()),
        watched: true,
        whens: ['before'],
      });
      expect(failures).toEqual([]);
      expect(tested).toBeGreaterThanOrEqual(25);
    },
    300_000,
  );
});
