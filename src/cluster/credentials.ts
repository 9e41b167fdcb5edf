import { readFile } from 'node:fs/promises';
import { Agent, type RequestOptions } from 'node:https';
import { type Access, type KubeconfigSource, readAccess } from './kubeconfig.ts';

/** What requests are made with, until it is not accepted any more. */
export interface Credentials extends Access {
  /** With a token that is up to date, as far as a plugin or a file renews it. */
  options(): Promise<RequestOptions>;
}

/** Where credentials come from, asked again when they are refused. */
export interface CredentialsSource {
  current(): Credentials;
  /** Reads the source again, once for all requests that were refused with the same credentials. */
  renew(refused: Credentials): Credentials;
}

export function openCredentials(source: KubeconfigSource): CredentialsSource {
  let current = read(source);
  return {
    current: () => current,
    renew(refused) {
      if (current !== refused) return current;
      try {
        current = read(source);
      } catch {
        // Half written, perhaps: the server then refuses what we have, and says why.
      }
      return current;
    },
  };
}

/**
 * Plugins and token files are asked with every request; the agent, and with it the connections, is kept as long as what
 * it was made of stays the same.
 */
function read(source: KubeconfigSource): Credentials {
  const access = readAccess(source);
  const { config, proxied, tokenFile } = access;
  const userName = config.getCurrentUser()?.name;
  let kept: { readonly key: string; readonly agent: Agent } | undefined;

  let asked: Promise<RequestOptions> | undefined;

  /** Requests that come at the same time ask a plugin once. */
  function options(): Promise<RequestOptions> {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  }

  async function ask(): Promise<RequestOptions> {
    if (tokenFile !== undefined) {
      const token = (await readFile(tokenFile, 'utf8')).trim();
      config.users = config.users.map((user) => (user.name === userName ? { ...user, token } : user));
    }
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    // The library knows proxies; without one, our own agent keeps connections open.
    if (proxied) return options;
    const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
    const identity = [ca, cert, key, pfx, passphrase, servername, rejectUnauthorized].map(String).join('\n');
    if (kept?.key !== identity) {
      const settings = Object.entries({ ca, cert, key, pfx, passphrase, servername, rejectUnauthorized });
      const given = Object.fromEntries(settings.filter(([, value]) => value !== undefined));
      kept = { key: identity, agent: new Agent({ keepAlive: true, ...given }) };
    }
    return { ...options, agent: kept.agent };
  }

  return { ...access, options };
}
