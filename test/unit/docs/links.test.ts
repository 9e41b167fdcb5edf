import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anchorOf, readDocuments, rootPath, withoutFences } from '../../support/documents.ts';

const pages = readDocuments('*.md', 'docs/*.md', 'actions/*/README.md', '.github/*.md');

/** Why a relative link leads nowhere; undefined when it does not. */
function deadBecause(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path));
  if (!existsSync(rootPath(target))) return `${target} is not there`;
  if (anchor === undefined) return undefined;
  if (statSync(rootPath(target)).isDirectory()) return `${target} is a folder`;
  const text = withoutFences(readFileSync(rootPath(target), 'utf8'));
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return anchors.includes(anchor) ? undefined : `${target} has no heading ${anchor}`;
}

describe('the links of the documentation', () => {
  it.each(pages.map(({ path, text }) => [path, text] as const))('%s leads to what is there', (path, text) => {
    const links = [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    const dead = relative.flatMap((link) => deadBecause(path, link) ?? []);
    expect(dead).toEqual([]);
  });

  it('notices dead ones', () => {
    expect(deadBecause('README.md', 'docs/nothing.md')).toBe('docs/nothing.md is not there');
    expect(deadBecause('docs/evidence.md', '../README.md#nothing')).toBe('README.md has no heading nothing');
    expect(deadBecause('docs/evidence.md', '#verdicts')).toBeUndefined();
  });
});
