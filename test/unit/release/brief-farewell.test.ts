import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { runPlainApp } from '../../support/plain-app.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

/** The manifests of a version whose pods have so many seconds to end. */
function withGrace(version: string, seconds: number | undefined): KubeObject[] {
  const objects = JSON.parse(JSON.stringify(manifests({ VERSION: version })));
  objects[0].spec.template.spec.terminationGracePeriodSeconds = seconds;
  return objects;
}

describe('how long old pods have for what they still hold', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  async function told(objects: readonly KubeObject[], rollbackWindowMs: number): Promise<string> {
    const { settings } = lab.request();
    const { warnings } = await lab.plan(objects, { settings: { ...settings, rollbackWindowMs } });
    return warnings.filter((warning) => warning.includes('after the switch')).join('\n');
  }

  it('is told when it is less than what pods usually have, whatever those of the new version will have', async () => {
    await lab.deploy(withGrace('v1', 8));
    const warning = await told(withGrace('v2', 600), 2_000);
    expect(warning).toMatch(/Deployment shop-blue are killed 10 s after the switch/);
    expect(warning).toMatch(
      /rollback-window 2 s, terminationGracePeriodSeconds 8.*Keep rollback-window longer/,
    );
  });

  it('is not told when the window or the grace period is long enough, or nothing runs yet', async () => {
    expect(await told(withGrace('v1', 8), 0)).toBe('');
    await lab.deploy(withGrace('v1', 8));
    expect(await told(withGrace('v2', 8), 600_000)).toBe('');
    await lab.deploy(withGrace('v2', undefined));
    expect(await told(withGrace('v3', 8), 0)).toBe('');
  });

  it('is told of pods that are to be taken over, too', async () => {
    await runPlainApp(lab, { VERSION: 'v1' });
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'shop' };
    const template = { spec: { terminationGracePeriodSeconds: 8 } };
    await lab.cluster.mergePatch(ref, { spec: { template } });
    await lab.clock.sleep(60_000);
    expect(await told(withGrace('v2', 8), 0)).toMatch(/Deployment shop are killed 8 s after the switch/);
  });
});
