import { spawn } from 'node:child_process';
import { describe } from '@jest/globals';
import { findProgram } from './find-program.ts';

/** A suite that needs kubectl. Without one it says so and is skipped; `STREAMGATE_REQUIRE_KUBECTL=1` makes that a failure. */
export function describeWithKubectl(title: string, suite: (kubectl: string) => void): void {
  const kubectl = findProgram('kubectl', 'STREAMGATE_KUBECTL');
  if (kubectl !== undefined) {
    describe(title, () => suite(kubectl));
    return;
  }
  const reason = 'there is no kubectl on the PATH, and STREAMGATE_KUBECTL names none';
  if (process.env.STREAMGATE_REQUIRE_KUBECTL === '1') throw new Error(`${title}: ${reason}`);
  process.stderr.write(`${title}: skipped, ${reason}\n`);
  describe.skip(title, () => suite(''));
}

export interface KubectlResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningKubectl {
  /** What it has printed so far. */
  output(): string;
  /** Ends it, as Ctrl-C would. */
  interrupt(): void;
  readonly result: Promise<KubectlResult>;
}

/** Starts kubectl with nothing of the user's configuration. */
export function startKubectl(
  kubectl: string,
  place: { readonly kubeconfig: string; readonly home: string },
  args: readonly string[],
): RunningKubectl {
  const env = { PATH: process.env.PATH, HOME: place.home, KUBECONFIG: place.kubeconfig };
  const child = spawn(kubectl, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    output: () => stdout,
    interrupt: () => void child.kill('SIGINT'),
    result: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    }),
  };
}
