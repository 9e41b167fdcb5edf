import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Writes the notices of the packages whose code really is in the bundle. */
export function writeLicenses(path: string, modules: readonly string[]): void {
  const packages = [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort();
  const notices = packages.map(readNotice).map(formatNotice);
  const head = 'StreamGate contains code of these packages, under the licences below.';
  writeFileSync(path, `${[head, ...notices].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c` */
function packageOf(module: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}

function readNotice(directory: string): Notice {
  const path = join(root, directory);
  const manifest: unknown = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const field = (name: string) => String(Object.getOwnPropertyDescriptor(manifest, name)?.value ?? '');
  const file = readdirSync(path).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const license = field('license');
  if (license === '' && file === undefined) throw new Error(`${directory} names no licence`);
  const text = file === undefined ? '' : readFileSync(join(path, file), 'utf8');
  const notice = join(path, 'NOTICE');
  const addition = existsSync(notice) ? `\n\n${readFileSync(notice, 'utf8')}` : '';
  return { name: field('name'), version: field('version'), license, text: text + addition };
}

function formatNotice({ name, version, license, text }: Notice): string {
  const body = text.replaceAll('\r\n', '\n').trim();
  return `${name} ${version} (${license})${body === '' ? '' : `\n\n${body}`}`;
}
