import { describe, expect, it } from '@jest/globals';
import { renderStatus } from '../../../src/commands/status/render-status.ts';
import { type AppStatus, readStatus } from '../../../src/release/index.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

/** What a person sees after some deeds, line by line. */
async function statusAfter(
  ...deeds: readonly ((lab: Lab) => Promise<unknown>)[]
): Promise<readonly string[]> {
  const lab = await openLab();
  for (const deed of deeds) await deed(lab);
  await lab.clock.sleep(5_000);
  const text = renderStatus(await readStatus(lab.cluster, namespace, 'shop'), lab.clock.now());
  await lab.close();
  return text.trimEnd().split('\n');
}

const deploy =
  (version: string, more: Parameters<Lab['deploy']>[1] = {}) =>
  (lab: Lab) =>
    lab.deploy(manifests({ VERSION: version }), more);

describe('the status of an app', () => {
  it('tells who serves, the way back, both slots, Service, route, lock and what is kept', async () => {
    const lines = await statusAfter(deploy('v1'), deploy('v2'));
    expect(lines.map((line) => line.replace(/shop-2-\w+/, 'ID'))).toEqual([
      'app       shop in default',
      'live      revision 2 in green',
      expect.stringMatching(/^way back {2}revision 1 in blue, warm, kept for another 9 min \d+ s$/),
      'release   ID, promoted, commit c0ffee',
      'blue      previous (revision 1), 2 of 2 pods ready',
      'green     live (revision 2), 2 of 2 pods ready',
      'service   selects green',
      "route     the app's own Service",
      'lock      free',
      'kept      2, 1',
    ]);
  });

  it('tells of a preview where it stands', async () => {
    const lines = await statusAfter(deploy('v1'), deploy('v2', { until: 'preview' }));
    expect(lines).toContain('green     candidate (revision 2), 2 of 2 pods ready');
    expect(lines.find((line) => line.startsWith('release'))).toMatch(/parked for another 23 h 59 min/);
  });

  it('tells that the pods of the way back are gone', async () => {
    const lines = await statusAfter(deploy('v1'), deploy('v2', { until: 'retired' }));
    expect(lines).toContain('way back  revision 1, whose pods are gone and would be started first');
    expect(lines).toContain('blue      previous (revision 1), 0 of 0 pods ready');
  });

  it('tells that a kept version outlived its window', async () => {
    const lines = await statusAfter(deploy('v1'), deploy('v2'), (lab) => lab.clock.sleep(700_000));
    expect(lines).toContain(
      'way back  revision 1 in blue, warm, kept until the next release, or `streamgate retire`',
    );
  });

  it('tells of an app without anything live', async () => {
    const lines = await statusAfter(deploy('v1', { until: 'preview' }), (lab) => lab.rollback());
    expect(lines).toContain('live      nothing');
    expect(lines).toContain('way back  none');
    expect(lines).toContain('service   selects no slot');
    expect(lines).toContain('kept      no revision');
  });

  const empty: AppStatus = {
    app: 'shop',
    namespace: 'prod',
    live: null,
    previous: null,
    release: null,
    slots: [],
    entrySelects: '',
    mode: 'gateway',
    route: null,
    drift: [],
    lock: null,
    revisions: [],
  };

  it('tells a split in percent, and a route that is in no known form', () => {
    expect(renderStatus({ ...empty, route: { kind: 'split', blue: 25, green: 75 } }, 0)).toContain(
      'route     blue 25 %, green 75 %\n',
    );
    expect(renderStatus(empty, 0)).toContain('route     its rules disagree or cannot be read\n');
  });

  it('tells what others wrote on one line each, and lets no terminal obey it', () => {
    const odd = '\u001b]0;x\u0007me\nkept      7';
    const [id, phase, startedAt] = ['shop-7', 'running', '2026-01-01T00:00:00Z'];
    const release = { id, phase, commit: '\u001b]0;x\u0007c0ffee', startedAt, parkedUntil: null, step: '' };
    const lock = { holder: odd, renewedAt: startedAt };
    const lines = renderStatus({ ...empty, release, lock }, Date.parse(startedAt)).split('\n');
    expect(lines).toContain('release   shop-7, running, commit c0ffee');
    expect(lines).toContain('lock      held by me kept      7, last sign of life 0 ms ago');
  });

  it('tells who holds the lock', () => {
    const lock = { holder: 'acme/shop run 7/1', renewedAt: '2026-01-01T00:00:00.000000Z' };
    expect(renderStatus({ ...empty, lock }, Date.parse('2026-01-01T00:00:12Z'))).toContain(
      'lock      held by acme/shop run 7/1, last sign of life 12 s ago\n',
    );
  });
});
