import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Evidence, sealEvidence } from '../../../src/evidence/index.ts';
import { keepReport, writeReport } from '../../../src/hosts/report.ts';
import { promoted } from '../evidence/examples.ts';

const subject = { app: 'shop', namespace: 'production' };
const refused = sealEvidence({ ...promoted, subject, outcome: 'Refused', verdict: 'invalid', release: null });

describe('reports', () => {
  let automatic: string;
  beforeAll(() => {
    automatic = mkdtempSync(join(tmpdir(), 'streamgate-report-'));
  });
  afterAll(() => rmSync(automatic, { recursive: true, force: true }));

  const write = (evidence: Evidence, given?: string) =>
    relative(automatic, writeReport(evidence, { given, automatic }).evidencePath);

  it('of several apps in one job stand beside each other, each under its command, namespace and app', () => {
    const other = sealEvidence({ ...refused, subject: { ...subject, app: 'cart' } });
    const elsewhere = sealEvidence({ ...refused, subject: { ...subject, namespace: 'staging' } });
    const all = sealEvidence({ ...refused, command: 'retire', subject: { ...subject, app: null } });
    const address = sealEvidence({ ...promoted, command: 'smoke-test', release: null });
    expect([refused, other, elsewhere, all, address].map((evidence) => write(evidence))).toEqual([
      'bluegreen-deploy/production-shop/evidence.json',
      'bluegreen-deploy/production-cart/evidence.json',
      'bluegreen-deploy/staging-shop/evidence.json',
      'retire/production-all/evidence.json',
      'smoke-test/url/evidence.json',
    ]);
  });

  it('of a release are named by it', () => {
    expect(write(sealEvidence({ ...promoted, subject }))).toBe(
      'bluegreen-deploy/production-shop-20260314-140305-6f1d0c2/evidence.json',
    );
  });

  it('take no place that is taken: the one before stays as it was', () => {
    const first = write(sealEvidence({ ...refused, subject: { ...subject, app: 'twice' }, reason: 'first' }));
    const second = write(
      sealEvidence({ ...refused, subject: { ...subject, app: 'twice' }, reason: 'second' }),
    );
    expect([first, second]).toEqual([
      'bluegreen-deploy/production-twice/evidence.json',
      'bluegreen-deploy/production-twice-2/evidence.json',
    ]);
    const reasons = [first, second].map(
      (path) => JSON.parse(readFileSync(join(automatic, path), 'utf8')).reason,
    );
    expect(reasons).toEqual(['first', 'second']);
  });

  it('stand in the folder that was asked for, and nowhere else', () => {
    expect(write(refused, join(automatic, 'mine'))).toBe('mine/evidence.json');
  });

  it('never leave the folder, whatever a name is', () => {
    const odd = { app: '../../up', namespace: '..' };
    expect(write(sealEvidence({ ...refused, subject: odd }))).toMatch(
      /^bluegreen-deploy\/[^/]+\/evidence\.json$/,
    );
  });

  it('that cannot be written where they belong stand elsewhere, and the run hears of it', () => {
    const file = join(automatic, 'a-file');
    writeFileSync(file, '');
    const warnings: string[] = [];
    const place = { given: join(file, 'mine'), automatic };
    const { evidencePath, reportPath } = keepReport(refused, place, (message) => warnings.push(message));
    const folder = dirname(evidencePath);
    try {
      expect([evidencePath, reportPath].map((path) => existsSync(path))).toEqual([true, true]);
      expect(warnings).toEqual([expect.stringContaining('ENOTDIR')]);
      expect(warnings.join()).toContain(`It stands in ${folder} instead.`);
      expect(warnings.join()).toContain('`report-dir`');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
