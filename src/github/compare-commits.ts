import { getOctokit } from '@actions/github';
import { at, type Clock, messageOf } from '../base/index.ts';

/** How GitHub is reached, and as whom. */
export interface GitHubSource {
  readonly token: string;
  /** `https://api.github.com`, or that of an Enterprise server (`GITHUB_API_URL`). */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How `head` stands to `base`. */
export interface Comparison {
  readonly relation: 'same' | 'newer' | 'older' | 'diverged' | 'unknown';
  /** Why it is unknown, in a few words; empty otherwise. */
  readonly detail: string;
}

const tries = 3;
const pauseMs = 1_000;

/** The words of GitHub's "compare two commits", seen from the base. */
const relations = { identical: 'same', ahead: 'newer', behind: 'older', diverged: 'diverged' } as const;

/** Never throws for what GitHub answers: an order that cannot be had is `unknown`, with the reason. */
export async function compare(source: GitHubSource, base: string, head: string): Promise<Comparison> {
  const { token, apiUrl, repository, clock, signal } = source;
  const [owner = '', repo = ''] = repository.split('/');
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  for (let nth = 1; ; nth++) {
    try {
      const { data } = await octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
        owner,
        repo,
        basehead: `${base}...${head}`,
        // Commits and files come along with the answer; their number is of no interest.
        per_page: 1,
        request: { signal },
      });
      const status: string = data.status;
      const known = Object.entries(relations).find(([word]) => word === status);
      return known === undefined ? unknown(`it answered ${status}`) : { relation: known[1], detail: '' };
    } catch (thrown) {
      signal.throwIfAborted();
      const status = Number(at(thrown, 'status'));
      const isPassing = Number.isNaN(status) || status === 429 || status >= 500;
      if (!isPassing || nth === tries) return unknown(reasonOf(status, thrown));
      await clock.sleep(nth * pauseMs, signal);
    }
  }
}

function reasonOf(status: number, thrown: unknown): string {
  if (status === 404) return 'one of the commits is not in the repository, or the token may not read it';
  if (status === 401) return 'it does not accept the token';
  return messageOf(thrown);
}

function unknown(detail: string): Comparison {
  return { relation: 'unknown', detail };
}
