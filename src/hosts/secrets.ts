import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Contract, Problem } from '../contract/index.ts';

export interface SecretSources {
  environment(name: string): string | undefined;
  readStdin(): Promise<string>;
  readonly workspace: string;
}

/**
 * Replaces `env:NAME`, `file:PATH` and `-` by what they stand for. A literal is refused without being repeated: other
 * users of the machine can read the arguments of a process, and shells keep a history.
 */
export async function resolveSecrets(
  contract: Contract,
  given: Readonly<Record<string, string>>,
  sources: SecretSources,
): Promise<{ readonly given: Readonly<Record<string, string>>; readonly problems: readonly Problem[] }> {
  const resolved: Record<string, string> = { ...given };
  const problems: Problem[] = [];
  for (const [input, spec] of Object.entries(contract.inputs)) {
    const text = given[input];
    if (spec.kind !== 'secret' || text === undefined) continue;
    const content = await readSecret(text, sources);
    if (content.problem !== undefined) problems.push({ input, problem: content.problem });
    else if (content.text !== undefined) resolved[input] = content.text;
    else if (spec.orFile !== true) {
      problems.push({
        input,
        problem:
          'is a secret, and must not stand on the command line: give env:NAME, file:PATH or - (standard input)',
      });
    } else if (text.includes('\n') || text.startsWith('{')) {
      problems.push({ input, problem: 'must be a path, env:NAME or - here, not the content itself' });
    }
  }
  // What was refused must not be read, nor reported a second time as missing.
  for (const { input } of problems) resolved[input] = '';
  return { given: resolved, problems };
}

interface Found {
  readonly text?: string;
  readonly problem?: string;
}

async function readSecret(text: string, sources: SecretSources): Promise<Found> {
  if (text === '-') return { text: await sources.readStdin() };
  if (text.startsWith('env:')) {
    const name = text.slice('env:'.length);
    const value = sources.environment(name);
    return value === undefined
      ? { problem: `names the variable ${name}, which is not set` }
      : { text: value };
  }
  if (!text.startsWith('file:')) return {};
  const path = text.slice('file:'.length);
  try {
    return { text: readFileSync(resolve(sources.workspace, path), 'utf8') };
  } catch {
    return { problem: `names the file ${path}, which cannot be read` };
  }
}
