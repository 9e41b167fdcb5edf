import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readJournal, retireOrTell } from '../../../src/release/index.ts';
import { configIn, configured } from '../../support/config.ts';
import { listObjects } from '../../support/object-list.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const v3 = manifests({ VERSION: 'v3' });
const hourMs = 3_600_000;
const preview = { until: 'preview', parkTimeoutMs: hourMs } as const;
const runOf = (runId: string) => ({
  run: { repository: 'acme/shop', commit: runId, ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

describe('a preview', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(v1);
  });
  afterEach(() => lab.close());

  const phase = async () => (await readJournal(lab.cluster, namespace, 'shop'))?.release?.phase;
  const retire = () => retireOrTell({ ...lab.request(), hurry: false });

  it('says until when it waits', async () => {
    const result = await lab.deploy(v2, preview);
    expect(result.reason).toContain('It waits for 1 h');
    const { release } = (await readJournal(lab.cluster, namespace, 'shop')) ?? {};
    const leftMs = Date.parse(release?.parkedUntil ?? '') - lab.clock.now();
    expect(leftMs).toBeGreaterThan(hourMs - 5_000);
    expect(leftMs).toBeLessThanOrEqual(hourMs);
  });

  it('within its time is gone on with by its id', async () => {
    const { release } = await lab.deploy(v2, preview);
    const result = await lab.deploy(v2, { parked: release?.id });
    expect(result).toMatchObject({ outcome: 'Promoted', release: { id: release?.id } });
    expect((await readJournal(lab.cluster, namespace, 'shop'))?.release?.parkedUntil).toBeUndefined();
    expect(await lab.deploy(v2, { parked: release?.id })).toMatchObject({ outcome: 'NothingToRelease' });
  });

  it('is not gone on with under the id of another one, nor when it is not what was previewed', async () => {
    const { release } = await lab.deploy(v2, preview);
    const before = await listObjects(lab.cluster);
    await expect(lab.deploy(v2, { parked: 'shop-9-other' })).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(`the journal is at ${release?.id}, which is parked`),
    });
    await expect(lab.deploy(v3, { parked: release?.id })).rejects.toMatchObject({
      message: expect.stringContaining('the manifests have another pod template'),
    });
    expect(await listObjects(lab.cluster)).toEqual(before);
    expect(await phase()).toBe('parked');
  });

  it('an id of what is not there is refused', async () => {
    await expect(lab.deploy(v2, { parked: 'shop-9-gone' })).rejects.toMatchObject({ code: 'Refused' });
  });

  it('that was taken back cannot be gone on with', async () => {
    const { release } = await lab.deploy(v2, preview);
    await lab.rollback();
    await expect(lab.deploy(v2, { parked: release?.id })).rejects.toMatchObject({
      message: expect.stringContaining('it was taken back'),
    });
  });

  describe('whose time is over', () => {
    it('is taken back by `retire`, copies of its configuration included', async () => {
      const before = await listObjects(lab.cluster);
      await lab.deploy(configured({ VERSION: 'v2' }, { GREETING: 'two' }), preview);
      expect(Object.keys(await configIn(lab))).toHaveLength(1);
      expect(await retire()).toMatchObject({
        state: 'left',
        reason: expect.stringContaining('is parked for'),
      });
      await lab.clock.sleep(hourMs);
      expect(await retire()).toMatchObject({
        state: 'put-back',
        reason: expect.stringContaining('was taken back, since nobody had gone on with it in time'),
      });
      expect(await phase()).toBe('aborted');
      expect(await configIn(lab)).toEqual({});
      await lab.clock.sleep(5_000);
      expect(await listObjects(lab.cluster)).toEqual(before);
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('is begun anew by the next run of the same version, and refused by its id', async () => {
      const parked = await lab.deploy(v2, preview);
      await lab.clock.sleep(hourMs);
      await expect(lab.deploy(v2, { parked: parked.release?.id })).rejects.toMatchObject({
        message: expect.stringContaining('its preview expired at'),
      });
      const result = await lab.deploy(v2);
      expect(result).toMatchObject({ outcome: 'Promoted' });
      expect(result.release?.id).not.toBe(parked.release?.id);
      expect(await findBrokenLaws(lab)).toEqual([]);
    });
  });

  it('gives way to a newer commit', async () => {
    await lab.deploy(v2, { ...preview, ...runOf('20') });
    expect(await lab.deploy(v3, { ...preview, ...runOf('21') })).toMatchObject({ outcome: 'Parked' });
    expect(await lab.deploy(v3, runOf('21'))).toMatchObject({ outcome: 'Promoted' });
    expect(lab.serving()).toBe('v3');
  });

  it('does not give way to an older one: what was approved late releases nothing old', async () => {
    await lab.deploy(v2, { ...preview, ...runOf('20') });
    await lab.deploy(v3, { ...preview, ...runOf('21') });
    await expect(lab.deploy(v2, runOf('20'))).rejects.toMatchObject({
      code: 'Superseded',
      message: expect.stringContaining('whose preview is parked for shop already'),
    });
    expect(await phase()).toBe('parked');
    expect(await lab.deploy(v2, { ...runOf('20'), force: true })).toMatchObject({ outcome: 'Promoted' });
  });

  it('of a version of us that knew no end is gone on with as before', async () => {
    await lab.deploy(v2, preview);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'streamgate-shop' };
    const written = await readJournal(lab.cluster, namespace, 'shop');
    expect(written?.release?.parkedUntil).toBeDefined();
    const older = { ...written, release: { ...written?.release, parkedUntil: undefined } };
    await lab.cluster.mergePatch(ref, { data: { journal: JSON.stringify(older) } });
    await lab.clock.sleep(48 * hourMs);
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted' });
  });
});
