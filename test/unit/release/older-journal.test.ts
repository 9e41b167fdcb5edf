import { describe, expect, it } from '@jest/globals';
import { at, isJsonObject, type JsonObject, silentLog } from '../../../src/base/index.ts';
import { endLostRun } from '../../../src/release/index.ts';
import { startDoomed } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'streamgate-shop' };

/** What the first version of `streamgate.journal/v1` held: whatever is beyond came later, and has to be optional. */
const first: Readonly<Record<string, readonly string[]>> = {
  '': ['schema', 'names', 'repository', 'token', 'lastRevision', 'live', 'previous', 'release'],
  names: ['app', 'namespace', 'entry', 'routes', 'deployments', 'services'],
  live: ['slot', 'revision'],
  previous: ['slot', 'revision', 'warm', 'keepUntil'],
  release: [
    ...['id', 'strategy', 'phase', 'commit', 'runId', 'runAttempt', 'actor', 'startedAt'],
    ...['candidate', 'stable', 'template', 'steps'],
  ],
};

/** Paths of fields that came later, as they stand in this journal. */
function laterFields(journal: JsonObject): string[] {
  return Object.entries(first).flatMap(([path, known]) => {
    const part = path === '' ? journal : at(journal, path);
    if (!isJsonObject(part)) return [];
    const later = Object.keys(part).filter((key) => !known.includes(key));
    return later.map((key) => (path === '' ? key : `${path}.${key}`));
  });
}

function without(journal: JsonObject, fields: readonly string[]): JsonObject {
  const copy = structuredClone(journal) as Record<string, Record<string, unknown>>;
  for (const field of fields) {
    const [part = '', key] = field.split('.');
    if (key === undefined) delete copy[part];
    else delete copy[part]?.[key];
  }
  return copy as unknown as JsonObject;
}

async function readText(lab: Lab): Promise<string> {
  return String(at(await lab.cluster.get(ref), 'data', 'journal'));
}

async function write(lab: Lab, text: string): Promise<void> {
  await lab.cluster.mergePatch(ref, { data: { journal: text } });
}

/** Two releases, and perhaps the middle of a third. */
async function arrange(middle: boolean): Promise<Lab> {
  const lab = await openLab();
  await lab.deploy(v1);
  await lab.deploy(v2);
  if (!middle) return lab;
  const doomed = startDoomed(lab, { nth: 40, when: 'before' });
  void lab.deploy(v1, doomed.change);
  await doomed.dead;
  return lab;
}

describe.each([
  ['between two runs', false],
  ['in the middle of a release', true],
] as const)('a journal of an older version, %s,', (_what, middle) => {
  it.each([
    ['gone on with by a release', (lab: Lab) => lab.deploy(v1)],
    ['followed by a rollback', (lab: Lab) => lab.rollback()],
  ])('without any or all of the later fields, is %s', async (_name, deed) => {
    const sample = await arrange(middle);
    const later = laterFields(JSON.parse(await readText(sample)));
    await sample.close();
    expect(later).toContain('order');
    for (const fields of [...later.map((field) => [field]), later]) {
      const lab = await arrange(middle);
      await write(lab, JSON.stringify(without(JSON.parse(await readText(lab)), fields)));
      const end = await deed(lab);
      await lab.clock.sleep(5_000);
      expect({ fields, verdict: end.verdict, broken: await findBrokenLaws(lab) }).toEqual({
        fields,
        verdict: 'pass',
        broken: [],
      });
      await lab.close();
    }
  });
});

describe.each([
  ['newer', (text: string) => text.replace('streamgate.journal/v1', 'streamgate.journal/v2'), /newer one/],
  ['damaged', (text: string) => text.slice(0, text.length / 2), /`howto` key/],
] as const)('an app whose journal is %s', (_what, change, remedy) => {
  it.each([
    ['a release', (lab: Lab) => lab.deploy(v1)],
    ['a rollback', (lab: Lab) => lab.rollback()],
    [
      'the end of a job',
      ({ cluster, clock }: Lab) => {
        const run = { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' };
        const signal = new AbortController().signal;
        return endLostRun({ cluster, clock, log: silentLog, namespace, app: 'shop', run, signal, runId: '' });
      },
    ],
  ])('is touched by nobody: %s says what can be done', async (_who, deed) => {
    const lab = await arrange(true);
    await write(lab, change(await readText(lab)));
    const before = lab.sandbox.requests.length;
    await expect(deed(lab)).rejects.toMatchObject({
      code: 'Refused',
      remedy: expect.stringMatching(remedy),
    });
    const made = lab.sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && !/accessreviews|dryRun/.test(path));
    expect(made).toEqual([]);
    await lab.close();
  });
});
