import { chmodSync, writeFileSync } from 'node:fs';
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
    plugin(): User {
      const command = join(directory, 'credential-plugin.cjs');
      const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(runsFile)}, '.');
const token = 'good-' + readFileSync(${JSON.stringify(generationFile)}, 'utf8') + '-of-plugin';
const status = { token, expirationTimestamp: new Date(Date.now() + 3600000).toISOString() };
const apiVersion = 'client.authentication.k8s.io/v1';
process.stdout.write(JSON.stringify({ apiVersion, kind: 'ExecCredential', status }));
`;
      writeFileSync(command, program);
      chmodSync(command, 0o755);
      return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
    },
  };
}
