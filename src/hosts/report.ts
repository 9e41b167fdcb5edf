import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Evidence, renderHtml } from '../evidence/index.ts';

export interface Report {
  readonly evidencePath: string;
  readonly reportPath: string;
}

/** Writes the evidence as one JSON document and as a page that needs nothing else. */
export function writeReport(evidence: Evidence, directory: string): Report {
  mkdirSync(directory, { recursive: true });
  const report = {
    evidencePath: join(directory, 'evidence.json'),
    reportPath: join(directory, 'report.html'),
  };
  writeFileSync(report.evidencePath, `${JSON.stringify(evidence, null, 2)}\n`);
  writeFileSync(report.reportPath, renderHtml(evidence));
  return report;
}

/** What to call the directory of a run: by its release when there is one. */
export function reportName(evidence: Evidence): string {
  return (evidence.release?.id ?? evidence.command).replace(/[^A-Za-z0-9._-]+/g, '-');
}

/** A job may call us twice for one release: the second report must not replace the first. */
export function unusedDirectory(path: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(candidate)) return candidate;
  }
}
