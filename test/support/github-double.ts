import { createServer, type IncomingMessage } from 'node:http';

/** How one commit stands to another, in GitHub's own words; a number is the status of a refusal. */
export type Answer = 'identical' | 'ahead' | 'behind' | 'diverged' | number;

/**
 * GitHub's `GET /repos/{owner}/{repo}/compare/{basehead}` on loopback. What GitHub's description of its API would not
 * take is answered with 400 and kept in `problems`. Source: docs.github.com/rest/commits/commits#compare-two-commits
 */
export async function startGitHub(answers: Readonly<Record<string, Answer | readonly Answer[]>>) {
  const problems: string[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const found = problemsOf(request);
    problems.push(...found);
    const basehead = decodeURIComponent(/\/compare\/([^?]+)/.exec(request.url ?? '')?.[1] ?? '');
    const before = asked.filter((one) => one === basehead).length;
    asked.push(basehead);
    const known = answers[basehead] ?? 404;
    const answer = typeof known === 'object' ? (known[Math.min(before, known.length - 1)] ?? 404) : known;
    const status = found.length > 0 ? 400 : typeof answer === 'number' ? answer : 200;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(
      JSON.stringify(
        status === 200 ? comparison(answer) : { message: `status ${status}`, status: String(status) },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    /** With a path of its own, as an Enterprise server has one. */
    url: `http://127.0.0.1:${port}/api/v3`,
    problems,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function problemsOf({ method, url = '', headers }: IncomingMessage): string[] {
  const path =
    /^\/api\/v3\/repos\/[\w.-]+\/[\w.-]+\/compare\/[^/?]+\.\.\.[^/?]+(\?per_page=([1-9]\d?|100))?$/;
  return [
    ...(method === 'GET' ? [] : [`the method is ${method}`]),
    ...(path.test(decodeURIComponent(url)) ? [] : [`the path is ${url}`]),
    ...(/^(token|bearer) \S+$/i.test(headers.authorization ?? '') ? [] : ['there is no token']),
    ...((headers.accept ?? '').includes('application/vnd.github') ? [] : [`it accepts ${headers.accept}`]),
    ...((headers['user-agent'] ?? '') === '' ? ['it has no user agent'] : []),
  ];
}

function comparison(status: Answer) {
  return {
    status,
    ahead_by: status === 'behind' ? 0 : 1,
    behind_by: 0,
    total_commits: 1,
    commits: [],
    files: [],
  };
}
