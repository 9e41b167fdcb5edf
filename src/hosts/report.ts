import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Evidence, renderHtml } from '../evidence/index.ts';

export interface Report {
  readonly evidencePath: string;
  readonly reportPath: string;
}

/**
 * Writes the evidence as one JSON document and as a page that needs nothing else: into `given`, where the last run is the
 * one that stays, or into a new folder below `automatic`. Both are absolute.
 */
export function writeReport(
  evidence: Evidence,
  { given, automatic }: { readonly given: string | undefined; readonly automatic: string },
): Report {
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
