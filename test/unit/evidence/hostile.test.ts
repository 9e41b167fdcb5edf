import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Evidence, renderHtml, renderSummary, renderTerminal } from '../../../src/evidence/index.ts';
import { harmlessFor, hostileTexts, inTurn, replaceTexts } from './hostile-texts.ts';
import { allExamples } from './more-examples.ts';

const names = fc.constantFrom('promoted', 'refusedBySmoke', 'undoneUnderTraffic', 'planned');
const runs = { numRuns: 80 };

/** By name, so that a counterexample prints a name and the texts. */
function exampleOf(name: string): Evidence {
  const example = allExamples[name];
  if (example === undefined) throw new Error(`no example ${name}`);
  return example;
}

/** Every tag with its attributes' names, in order: what a browser builds, without the texts. */
function tagsOf(page: string): readonly string[] {
  return (page.match(/<[^>]*>?/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

/** The lines outside of fences, each reduced to the markup that is left when escapes and code spans are gone. */
function markupOf(summary: string): readonly string[] {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of summary.split('\n')) {
    const run = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined && run !== undefined) fence = run;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) kept.push(line);
  }
  expect(fence).toBeUndefined();
  return kept.map((line) => withoutTexts(line).replace(/[^|<>[\]!*_~`$\\]/g, ''));
}

function withoutTexts(line: string): string {
  const spans = /&(?:amp|#36);|\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g;
  return line.replace(spans, (_all, ticks?: string, inside?: string) => {
    if (ticks !== undefined) expect(inside).not.toContain('|');
    return '';
  });
}

describe('whatever the texts of a document say', () => {
  it('the page has the same tags as with harmless texts', () => {
    fc.assert(
      fc.property(names, hostileTexts, (name, texts) => {
        const page = renderHtml(replaceTexts(exampleOf(name), inTurn(texts)));
        expect(tagsOf(page)).toEqual(tagsOf(renderHtml(replaceTexts(exampleOf(name), harmlessFor(texts)))));
      }),
      runs,
    );
  });

  it('the page has only tags of ours even when no instant can be read', () => {
    const ours =
      /^<(!doctype|\/?(html|head|meta|title|style|body|main|header|p|span|h[123]|dl|dt|dd|div|small|section|strong|pre|code|ul|li|table|thead|tbody|tr|th|td|details|summary|footer|svg|desc|defs|pattern|rect|line|g|text|tspan|path|circle))\b/;
    fc.assert(
      fc.property(names, hostileTexts, (name, texts) => {
        const page = renderHtml(replaceTexts(exampleOf(name), inTurn(texts), true));
        const foreign = tagsOf(page).filter((tag) => !ours.test(tag) || /\son\w+=|\bsrc=|href=/.test(tag));
        expect(foreign).toEqual([]);
      }),
      runs,
    );
  });

  it('the summary has the same tables, links and HTML as with harmless texts', () => {
    fc.assert(
      fc.property(names, hostileTexts, (name, texts) => {
        const summary = renderSummary(replaceTexts(exampleOf(name), inTurn(texts)));
        const harmless = renderSummary(replaceTexts(exampleOf(name), harmlessFor(texts)));
        expect(markupOf(summary)).toEqual(markupOf(harmless));
      }),
      runs,
    );
  });

  it('the summary has nothing that GitHub would make a link or a mention of', () => {
    fc.assert(
      fc.property(names, hostileTexts, (name, texts) => {
        const summary = renderSummary(replaceTexts(exampleOf(name), inTurn(texts), true));
        for (const line of summary.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '').split('\n')) {
          expect(withoutTexts(line)).not.toMatch(/@\w|:\/\/|www\.|#\d|\]\(/i);
        }
      }),
      runs,
    );
  });

  it('the terminal gets printable lines, and a runner no command', () => {
    fc.assert(
      fc.property(names, hostileTexts, fc.integer({ min: 20, max: 200 }), (name, texts, width) => {
        const shown = renderTerminal(replaceTexts(exampleOf(name), inTurn(texts), true), {
          color: false,
          width,
        });
        expect(shown).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
        expect(shown).not.toMatch(/^\s*::|##\[/m);
      }),
      runs,
    );
  });
});
