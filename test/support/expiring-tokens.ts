import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type User = Readonly<Record<string, unknown>>;

/** The kubeconfig of a sandbox with another user in it. */
export function withUser(kubeconfig: string, user: User): string {
  const config = parse(kubeconfig);
  return JSON.stringify({ ...config, users: [{ name: 'sandbox', user }] });
}

/** Tokens that are good until somebody says that they have expired. */
export function openMint(directory: string) {
  const generationFile = join(directory, 'generation');
  const runsFile = join(directory, 'plugin-runs');
  let generation = 0;
  let minted = 0;
  const note = () => writeFileSync(generationFile, String(generation));
  note();
  writeFileSync(runsFile, '');
  return {
    runsFile,
    isGood: (token: string) => token.startsWith(`good-${generation}-`),
    mint: () => `good-${generation}-${++minted}`,
    expire() {
      generation += 1;
      note();
    },
    /** A user whose plugin prints an ExecCredential, which it promises for an hour, and notes each of its runs. */
    plugin: () =>
      pluginUser(
        directory,
        runsFile,
        `'good-' + readFileSync(${JSON.stringify(generationFile)}, 'utf8') + '-of-plugin'`,
      ),
  };
}

/** Tokens that are good for so long from the moment on that they were made. */
export function openShortLivedMint(directory: string, lifeMs: number) {
  const runsFile = join(directory, 'short-lived-runs');
  writeFileSync(runsFile, '');
  let refused = 0;
  return {
    /** How often the plugin was asked. */
    runs: () => readFileSync(runsFile, 'utf8').length,
    /** How often a token came that was good no more. */
    refused: () => refused,
    isGood(token: string): boolean {
      const isGood = Date.now() - Number(/^made-(\d+)$/.exec(token)?.[1] ?? 0) < lifeMs;
      if (!isGood) refused += 1;
      return isGood;
    },
    /** A user whose plugin makes a new one each time that it is asked, and promises it for an hour. */
    plugin: () => pluginUser(directory, runsFile, "'made-' + Date.now()"),
  };
}

/** A user of a kubeconfig whose plugin is a program that notes each of its runs, and prints a token. */
function pluginUser(directory: string, runsFile: string, token: string): User {
  const command = join(directory, 'credential-plugin.cjs');
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(runsFile)}, '.');
const status = { token: ${token}, expirationTimestamp: new Date(Date.now() + 3600000).toISOString() };
const apiVersion = 'client.authentication.k8s.io/v1';
process.stdout.write(JSON.stringify({ apiVersion, kind: 'ExecCredential', status }));
`;
  writeFileSync(command, program);
  chmodSync(command, 0o755);
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
}
