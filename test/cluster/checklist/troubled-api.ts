import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import type { ApiRequest } from '../../../src/sandbox/index.ts';
import { type ApiProxy, startApiProxy } from '../../../tools/kill-sweep/api-proxy.ts';

/** The API of the cluster behind a proxy that makes trouble, and a kubeconfig that leads there. */
export interface TroubledApi {
  readonly kubeconfig: string;
  /** Answers each n-th of the requests that are meant in the place of the API, by turns with these statuses. Returns how often so far. */
  answer(
    isMeant: (request: ApiRequest) => boolean,
    options: { readonly each: number; readonly statuses: readonly number[] },
  ): Trouble;
  /** What the API says of these requests arrives so much later. */
  delay(isMeant: (request: ApiRequest) => boolean, ms: number): Trouble;
  close(): Promise<void>;
}

export interface Trouble {
  /** Requests that met it so far. */
  readonly met: number;
  end(): void;
}

const reasons: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
};

export async function openTroubledApi(kubeconfig: string): Promise<TroubledApi> {
  const proxy = await startApiProxy(resolve(kubeconfig));
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-troubled-'));
  const file = join(directory, 'kubeconfig');
  writeFileSync(file, proxy.kubeconfig, { mode: 0o600 });
  return {
    kubeconfig: file,
    answer: (isMeant, options) => answerInstead(proxy, isMeant, options),
    delay: (isMeant, ms) => delayAnswers(proxy, isMeant, ms),
    async close() {
      await proxy.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function answerInstead(
  proxy: ApiProxy,
  isMeant: (request: ApiRequest) => boolean,
  { each, statuses }: { readonly each: number; readonly statuses: readonly number[] },
): Trouble {
  let [seen, met] = [0, 0];
  const end = proxy.checkpoint(isMeant, {
    before: async () => undefined,
    after: async () => undefined,
    instead() {
      if (++seen % each !== 0) return undefined;
      const code = statuses[met++ % statuses.length] ?? 500;
      const status = {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message: 'made up',
        reason: reasons[code],
        code,
      };
      return { status: code, ...(code === 429 && { headers: { 'retry-after': '1' } }), body: status };
    },
  });
  return {
    get met() {
      return met;
    },
    end,
  };
}

/** In order: what comes first also arrives first. */
function delayAnswers(proxy: ApiProxy, isMeant: (request: ApiRequest) => boolean, ms: number): Trouble {
  let met = 0;
  const late = () =>
    new Transform({
      highWaterMark: 1_000_000,
      transform(chunk, _encoding, done) {
        setTimeout(() => this.push(chunk), ms);
        done();
      },
      flush(done) {
        setTimeout(done, ms);
      },
    });
  const end = proxy.checkpoint(isMeant, {
    before: async () => undefined,
    after: async () => undefined,
    through() {
      met += 1;
      return late();
    },
  });
  return {
    get met() {
      return met;
    },
    end,
  };
}
