import { printable } from '../base/index.ts';
import type { ResponseHead } from './response-head.ts';
import type { Target } from './target.ts';

/** `308 to https://shop.example.com/`, without a query, which may hold what nobody is to read. Empty for no redirect. */
export function describeRedirect({ status, headers }: ResponseHead, target: Target): string {
  if (status < 300 || status > 399) return '';
  const [location = ''] = headers.get('location') ?? [];
  const base = `${target.secure ? 'https' : 'http'}://${target.hostHeader}${target.path}`;
  if (location === '' || !URL.canParse(location, base)) return String(status);
  const { protocol, host, pathname } = new URL(location, base);
  return /^https?:$/.test(protocol)
    ? printable(`${status} to ${protocol}//${host}${pathname}`)
    : String(status);
}
