import { compareCommits } from '../github/index.ts';
import type { CommitComparison, CompareWith } from '../release/index.ts';
import type { Host } from './command.ts';

/** How our commit is compared with the released one; undefined outside of a workflow and without a token. */
export function comparison(
  { githubToken }: { readonly githubToken: string | undefined },
  host: Host,
): CompareWith | undefined {
  const { run, clock, signal } = host;
  if (!githubToken || run.runId === '' || run.repository === '') return undefined;
  const apiUrl = host.environment('GITHUB_API_URL') ?? 'https://api.github.com';
  const source = { token: githubToken, apiUrl, repository: run.repository, clock, signal };
  const asked = new Map<string, Promise<CommitComparison>>();
  // Asked before the lock and under it, mostly for the same commit.
  return (released) => {
    const answer = asked.get(released) ?? compareCommits(source, released, run.commit);
    asked.set(released, answer);
    return answer;
  };
}
