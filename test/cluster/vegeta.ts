import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJsonObject } from '../../src/base/index.ts';

/** What vegeta counted. */
export interface VegetaCount {
  readonly requests: number;
  /** Answers by status; `0` is a request without one. */
  readonly statusCodes: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

export const hasVegeta = spawnSync('vegeta', ['-version']).error === undefined;

/** Why a suite cannot run. */
export const withoutVegeta = 'vegeta is not in PATH: go install github.com/tsenart/vegeta/v12@v12.13.0';

/**
 * A load generator that nobody here wrote. POST, since Go's client repeats a GET that broke, and would hide the loss. It
 * ends by itself after eight minutes, or earlier when it is told to.
 */
export function startVegeta(
  { url, hostname }: { readonly url: string; readonly hostname: string },
  ratePerSecond: number,
  { keepAlive }: { readonly keepAlive: boolean },
): { stop(): Promise<VegetaCount> } {
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-vegeta-'));
  const file = join(directory, 'results.bin');
  const args = [
    'attack',
    `-rate=${ratePerSecond}`,
    '-duration=8m',
    `-keepalive=${keepAlive}`,
    `-header=Host: ${hostname}`,
    `-output=${file}`,
  ];
  const child = spawn('vegeta', args, { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  child.stdin.end(`POST ${url}\n`);
  return {
    async stop() {
      child.kill('SIGINT');
      await ended;
      const report = spawnSync('vegeta', ['report', '-type=json', file], { encoding: 'utf8' });
      rmSync(directory, { recursive: true, force: true });
      const parsed: unknown = JSON.parse(report.stdout);
      if (!isJsonObject(parsed)) throw new Error(`vegeta reports ${report.stdout}${report.stderr}`);
      return {
        requests: Number(parsed.requests),
        statusCodes: parsed.status_codes as unknown as Record<string, number>,
        errors: Array.isArray(parsed.errors) ? parsed.errors.map(String) : [],
      };
    },
  };
}
