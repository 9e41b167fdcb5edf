import type { RunFacts } from '../evidence/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who runs this, as GitHub's own variables say; empty where they do not. */
export function readRunFacts(environment: Environment): RunFacts {
  const read = (name: string) => environment[name] ?? '';
  const repository = read('GITHUB_REPOSITORY');
  const runId = read('GITHUB_RUN_ID');
  const server = read('GITHUB_SERVER_URL') || 'https://github.com';
  return {
    repository,
    commit: read('GITHUB_SHA'),
    ref: read('GITHUB_REF'),
    runId,
    runAttempt: read('GITHUB_RUN_ATTEMPT'),
    actor: read('GITHUB_ACTOR') || read('USER'),
    runUrl: repository === '' || runId === '' ? '' : `${server}/${repository}/actions/runs/${runId}`,
  };
}
