import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderSteps, type StepLine } from '../../../src/hosts/step-list.ts';

const look = { color: false, width: 60, height: 10, frame: 0, now: 5_000 };
const step = (id: string, state: StepLine['state'], more: Partial<StepLine> = {}): StepLine => ({
  id,
  title: `Step ${id}`,
  state,
  detail: '',
  ...more,
});

describe('the list of steps', () => {
  it('shows what is done, what runs and for how long, and what is to come', () => {
    const steps = [
      step('1', 'done', { durationMs: 1_200, detail: '3 of 3 pods ready' }),
      step('2', 'running', { startedAt: 2_400 }),
      step('3', 'waiting'),
    ];
    expect(renderSteps(steps, look)).toEqual([
      '  ✓ Step 1  1.2 s  3 of 3 pods ready',
      '  ⠋ Step 2  2.6 s',
      '  · Step 3',
    ]);
  });

  it('never draws more lines, nor longer ones, than the terminal has', () => {
    const states = fc.constantFrom(
      'done' as const,
      'running' as const,
      'waiting' as const,
      'failed' as const,
    );
    const steps = fc.array(
      fc.record({ state: states, detail: fc.string({ unit: 'binary-ascii', maxLength: 90 }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 3, max: 20 }), (found, height) => {
        const list = found.map(({ state, detail }, n) => step(String(n), state, { detail }));
        const lines = renderSteps(list, { ...look, height });
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(look.width);
      }),
    );
  });

  it('keeps the running step in sight', () => {
    const steps = Array.from({ length: 20 }, (_unused, n) =>
      step(String(n), n < 12 ? 'done' : n === 12 ? 'running' : 'waiting'),
    );
    const lines = renderSteps(steps, { ...look, height: 6 });
    expect(lines).toContain('  ⠋ Step 12');
    expect(lines[0]).toBe('  … 11 before');
    expect(lines.at(-1)).toMatch(/to come$/);
  });
});
