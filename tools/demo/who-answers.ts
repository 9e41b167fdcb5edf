import { request } from 'node:http';

/** A public entry point: an address, and the name that is asked for there. */
export interface Entry {
  readonly url: string;
  readonly hostname: string;
}

const questions = 10;
/** There to end a hang: on a busy machine an answer may take its seconds. */
const patienceMs = 20_000;

/** Asks the real entry point some times, past everything that could embellish it: who answers? `v1`, or `v1 and v2`. */
export async function whoAnswers(entry: Entry): Promise<string> {
  const answers = new Set<string>();
  for (let n = 0; n < questions; n++) answers.add(await ask(entry));
  return [...answers].sort().join(' and ');
}

function ask({ url, hostname }: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(url),
      { agent: false, headers: { host: hostname }, timeout: patienceMs },
      (response) => {
        response.resume();
        const version = String(response.headers['x-version'] ?? 'nobody');
        response.on('end', () =>
          resolve(response.statusCode === 200 ? version : `${version} with ${response.statusCode}`),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${patienceMs / 1_000} s`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
