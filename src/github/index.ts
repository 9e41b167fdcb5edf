import type { GitHubSource } from './compare-commits.ts';

/** Compares two commits. The client library is large and loaded only here, when there is something to ask. */
export async function compareCommits(source: GitHubSource, base: string, head: string) {
  const { compare } = await import('./compare-commits.ts');
  return compare(source, base, head);
}
