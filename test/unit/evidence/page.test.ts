import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderHtml, sealEvidence } from '../../../src/evidence/index.ts';
import { dark, light, type Palette } from '../../../src/evidence/render/palette.ts';
import {
  columnsOf,
  niceCeiling,
  placeMarks,
  scaleBetween,
  timeTicks,
} from '../../../src/evidence/render/timeline.ts';
import { undoneUnderTraffic } from './example-undone.ts';
import { promoted, refusedBySmoke } from './examples.ts';
import { allExamples } from './more-examples.ts';

/** WCAG 2.2: relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const palettes: readonly (readonly [string, Palette])[] = [
  ['light', light],
  ['dark', dark],
];

describe('the page', () => {
  it.each(palettes)('has inks of 4.5:1 and fills of 3:1 in %s', (_name, palette) => {
    for (const ink of ['ink', 'quiet', 'pass', 'fail', 'doubt', 'link'] as const) {
      expect(contrast(palette[ink], palette.ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette[ink], palette.raised)).toBeGreaterThanOrEqual(4.5);
    }
    for (const fill of ['stable', 'candidate', 'unknown', 'fail'] as const) {
      expect(contrast(palette[fill], palette.ground)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(allExamples))('is one file without script or network: %s', (_name, evidence) => {
    const page = renderHtml(evidence);
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    expect(page).not.toMatch(/<script|<link|<img|@import|\bsrc=|url\((?!#)/i);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it.each(Object.entries(allExamples))(
    'has headings in order, heads of tables and a described image: %s',
    (_name, evidence) => {
      const page = renderHtml(evidence);
      const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.every((level, index) => index === 0 || level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
      expect(page.split('<table>').length).toBe(page.split('<thead>').length);
      if (evidence.outcome === 'Planned') expect(page).not.toContain('<svg');
      else
        expect(page).toMatch(
          /<svg [^>]*role="img"[^>]*>\s*<title id="timeline-title">[^<]+<\/title>\s*<desc/,
        );
      const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe('the page of a failure', () => {
  const drawn = sealEvidence({ ...undoneUnderTraffic, failure: refusedBySmoke.failure });
  const page = renderHtml(drawn);

  it('shows what was wrong, then the timeline, and then the log lines, folded', () => {
    const places = ['id="failure"', '<svg', 'id="logs"', 'id="steps"'].map((mark) => page.indexOf(mark));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(page).toMatch(
      /id="logs">[^<]*<\/h2><details><summary>3 lines<\/summary><pre>[^<]*payments: dial tcp/,
    );
    expect(page).not.toContain('<details open');
  });

  it('quotes names that stand in backticks, which are Markdown', () => {
    const failure = {
      code: 'Refused',
      message: 'Set `probe-url`:\n  - and `a`',
      remedy: '`b`, or c`',
      evidence: [],
    };
    const told = renderHtml(sealEvidence({ ...drawn, reason: 'No `x` of `y`.', warnings: ['`w`'], failure }));
    for (const text of ['Set “probe-url”:', '<li>and “a”</li>', '“b”, or c&#96;', '“w”'])
      expect(told).toContain(text);
  });
});

describe('the timeline', () => {
  it('lets no label cover another label or the line of another mark', () => {
    const width = (label: string) => label.length * 7;
    const offsets = fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(offsets, (drawn) => {
        const marks = drawn
          .toSorted(([a], [b]) => a - b)
          .map(([offset, length]) => ({ at: new Date(offset).toISOString(), label: 'x'.repeat(length) }));
        const placed = placeMarks(marks, scaleBetween(0, 60_000, 200, 1_000), width);
        placed.forEach((left, index) => {
          for (const right of placed.slice(index + 1)) {
            // The line of a mark runs from its row downwards, so a higher label passes above it.
            const reaches = left.x + width(left.label) > right.x;
            expect(reaches && left.row <= right.row).toBe(false);
          }
        });
      }),
    );
  });

  it('draws each role, and the failures, with the area of its share', () => {
    const { traffic } = undoneUnderTraffic;
    if (traffic === null) throw new Error('the example has traffic');
    const page = renderHtml(undoneUnderTraffic);
    const layers = ['stable', 'candidate', 'failed'] as const;
    const areas = layers.map((layer) =>
      areaOf(new RegExp(`class="bar-${layer}" d="([^"]+)"`).exec(page)?.[1]),
    );
    const counts = layers.map((layer) => traffic.bins.reduce((sum, bin) => sum + bin[layer], 0));
    const perRequest = areas.reduce((sum, area) => sum + area) / counts.reduce((sum, count) => sum + count);
    layers.forEach((_, index) => {
      const drawn = (areas[index] ?? 0) / perRequest;
      expect(Math.abs(drawn - (counts[index] ?? 0))).toBeLessThan(20);
    });
  });

  it('loses no request when it merges bins', () => {
    const { traffic } = promoted;
    if (traffic === null) throw new Error('the example has traffic');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (limit) => {
        const columns = columnsOf(traffic, limit);
        expect(columns.length).toBeLessThanOrEqual(limit);
        const drawn = columns.reduce((sum, column) => sum + column.stable + column.candidate, 0);
        expect(drawn).toBe(traffic.planned);
      }),
    );
  });

  it('has a few round ticks however long the run, and a ceiling no lower than the rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400_000 }), (span) => {
        const ticks = timeTicks(span);
        expect(ticks.length).toBeLessThanOrEqual(9);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(span);
        expect(niceCeiling(span)).toBeGreaterThanOrEqual(span * 0.999);
      }),
    );
  });
});

/** Area inside of an outline `Mx yLx y…Z`, by the shoelace formula. */
function areaOf(outline = ''): number {
  const points = outline
    .replace(/[MZ]/g, '')
    .split('L')
    .map((point) => point.split(' ').map(Number));
  const twice = points.reduce((sum, [x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = points[(index + 1) % points.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
