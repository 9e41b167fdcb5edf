import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../base/index.ts';
import { type Evidence, renderHtml } from '../evidence/index.ts';

export interface Report {
  readonly evidencePath: string;
  readonly reportPath: string;
}

/** Where reports go. */
export interface ReportPlace {
  readonly given: string | undefined;
  readonly automatic: string;
}

/**
 * Writes the report as far as it can be written, and never throws: a folder that is full or may not be written to does not
 * change how a release ended. Elsewhere, then, in the system's temporary directory; with empty paths, when not there either.
 */
export function keepReport(evidence: Evidence, place: ReportPlace, warn: (message: string) => void): Report {
  try {
    return writeReport(evidence, place);
  } catch (thrown) {
    const remedy = 'Make room there, or name a folder that can be written to with `report-dir`.';
    const why = `The report could not be written where it belongs: ${messageOf(thrown)}`;
    try {
      const given = mkdtempSync(join(tmpdir(), 'streamgate-report-'));
      const report = writeReport(evidence, { ...place, given });
      warn(`${why}. It stands in ${given} instead. ${remedy}`);
      return report;
    } catch (again) {
      warn(`${why}, nor elsewhere: ${messageOf(again)}. There is none of this run. ${remedy}`);
      return { evidencePath: '', reportPath: '' };
    }
  }
}

/**
 * Writes the evidence as one JSON document and as a page that needs nothing else: into `given`, where the last run is the
 * one that stays, or into a new folder below `automatic`. Both are absolute.
 */
export function writeReport(evidence: Evidence, { given, automatic }: ReportPlace): Report {
  const directory = given ?? createFolder(resolve(automatic, reportName(evidence)));
  mkdirSync(directory, { recursive: true });
  const report = {
    evidencePath: join(directory, 'evidence.json'),
    reportPath: join(directory, 'report.html'),
  };
  writeFileSync(report.evidencePath, `${JSON.stringify(evidence, null, 2)}\n`);
  writeFileSync(report.reportPath, renderHtml(evidence));
  return report;
}

/** `bluegreen-deploy/production-shop-8-t4x2k1`: by its release when there is one, else by what it was asked about. */
function reportName({ command, subject, release }: Evidence): string {
  const { app, namespace } = subject ?? { app: 'url', namespace: undefined };
  const parts = [namespace, release?.id ?? app ?? 'all'].filter((part) => part !== undefined);
  return `${command}/${parts.join('-').replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}

/** One job may release two apps, or plan one and then release it: no report takes the place of another. */
function createFolder(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    // Made, not looked for: of two runs at once only one can make it.
    if (make(candidate)) return candidate;
  }
}

function make(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (thrown) {
    if (existsSync(path)) return false;
    throw thrown;
  }
}
