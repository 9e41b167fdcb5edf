import { X509Certificate } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import { at, type Milliseconds } from '../base/index.ts';
import type { Credentials } from './credentials.ts';

/** Until when credentials are known to be good, where nobody renews them. */
export interface CredentialsEnd {
  /** Wall clock. */
  readonly at: Milliseconds;
  /** `token`, `client certificate`. */
  readonly what: string;
}

/**
 * When the credentials end for good. Undefined when that cannot be known, or when a plugin or whoever writes a token
 * file renews them.
 */
export async function endOfCredentials({
  config,
  tokenFile,
  options,
}: Credentials): Promise<CredentialsEnd | undefined> {
  const user = config.getCurrentUser();
  if (tokenFile !== undefined || user?.exec !== undefined || user?.authProvider !== undefined)
    return undefined;
  const { headers, cert } = await options();
  const authorization = String(at(headers, 'Authorization') ?? '');
  const ends = [endOfToken(authorization.replace(/^Bearer /, '')), endOfCertificate(cert)];
  return ends.filter((end) => end !== undefined).sort((a, b) => a.at - b.at)[0];
}

/** The `exp` of a JSON web token, in seconds. Other tokens do not say when they end. Source: RFC 7519, 4.1.4. */
function endOfToken(token: string): CredentialsEnd | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const seconds = at(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')), 'exp');
    return typeof seconds === 'number' ? { at: seconds * 1_000, what: 'token' } : undefined;
  } catch {
    // Not every token with a dot is a JSON web token.
    return undefined;
  }
}

function endOfCertificate(cert: RequestOptions['cert']): CredentialsEnd | undefined {
  if (typeof cert !== 'string' && !Buffer.isBuffer(cert)) return undefined;
  try {
    return { at: new X509Certificate(cert).validToDate.getTime(), what: 'client certificate' };
  } catch {
    // What it is worth is for the server to say.
    return undefined;
  }
}
