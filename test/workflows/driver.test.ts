import { describe, expect, it } from '@jest/globals';
import { parse } from './driver/read-workflow.ts';
import { type RunOptions, type StartedWorkflow, startWorkflow } from './driver/start-workflow.ts';

/** Starts a workflow that needs none of our actions: `run:` steps only. */
async function start(yaml: string, options: Partial<RunOptions> = {}): Promise<StartedWorkflow> {
  const workflow = await parse('test.yml', yaml);
  return startWorkflow({ workflow, event: 'workflow_call', from: '/nonexistent', ...options });
}

async function run(yaml: string, options: Partial<RunOptions> = {}) {
  const started = await start(yaml, options);
  return { ...(await started.result), log: started.log() };
}

/** Waits until a workflow has said it. */
async function until(started: StartedWorkflow, words: string): Promise<void> {
  while (!started.log().unmasked.includes(words)) await new Promise((done) => setTimeout(done, 20));
}

const job = (steps: string) => `
on: push
jobs:
  one:
    runs-on: any
    steps:
${steps.replace(/^/gm, '      ')}`;

describe('the driver of workflows', () => {
  it('hands inputs, secrets, outputs and variables on as GitHub does', async () => {
    const { result, outputs, log } = await run(
      `
on:
  workflow_call:
    inputs:
      name: { type: string, required: true }
      count: { type: number }
      loud: { type: boolean }
      mood: { type: string, default: calm }
    outputs:
      said: { value: '\${{ jobs.second.outputs.said }}' }
      none: { value: '\${{ jobs.second.outputs.none }}' }
env: { A: workflow, B: workflow }
jobs:
  first:
    runs-on: any
    outputs: { greeting: '\${{ steps.greet.outputs.greeting }}' }
    env: { B: job, C: job }
    steps:
      - id: greet
        env: { C: step, D: '\${{ env.B }}' }
        run: echo "greeting=\${{ inputs.name }} \${{ inputs.count || 'none' }} \${{ inputs.loud }} \${{ inputs.mood }} $A $B $C $D" >> "$GITHUB_OUTPUT"
  second:
    runs-on: any
    needs: [first]
    outputs: { said: '\${{ steps.x.outputs.said }}', none: '\${{ steps.x.outputs.nothing }}' }
    steps:
      - id: x
        run: |
          { echo 'said<<END'; echo "\${{ needs.first.outputs.greeting }}"; echo "\${{ needs.first.result }}"; echo END; } >> "$GITHUB_OUTPUT"
`,
      { inputs: { name: 'Ann' } },
    );
    expect({ result, outputs, log: log.shown }).toEqual({
      log: '',
      result: 'success',
      outputs: { said: 'Ann none false calm workflow job step job\nsuccess', none: '' },
    });
  });

  it('refuses what a workflow does not declare, and what it does not know itself', async () => {
    const yaml = `
on: { workflow_call: { inputs: { name: { type: string, required: true }, count: { type: number } } } }
jobs: { one: { runs-on: any, steps: [{ run: 'true' }] } }`;
    await expect(start(yaml, { inputs: {} })).rejects.toThrow('the input name is required');
    await expect(start(yaml, { inputs: { name: 'a', other: 1 } })).rejects.toThrow('has no input other');
    await expect(start(yaml, { inputs: { name: 'a', count: '1' } })).rejects.toThrow(
      'is a string, not a number',
    );
    await expect(start(job('- run: a\n  shell: python'))).rejects.toThrow('does not know shell');
    await expect(start(job('- run: a\n  colour: red'))).rejects.toThrow("Unexpected value 'colour'");
    await expect(start(job('- run: echo $' + '{{ secret.x }}'))).rejects.toThrow('secret');
  });

  it('goes by conditions, and by what failed before', async () => {
    const { result, jobs } = await run(`
on: push
jobs:
  fails:
    runs-on: any
    steps:
      - { id: tolerated, run: exit 1, continue-on-error: true }
      - { id: goes-on, run: 'true' }
      - { id: breaks, run: exit 3 }
      - { id: passed-over, run: 'true' }
      - { id: afterwards, run: 'true', if: failure() }
      - { id: anyway, run: 'true', if: "always() && steps.breaks.outcome == 'failure'" }
      - { id: never, run: 'true', if: cancelled() }
  passed-over: { runs-on: any, needs: fails, steps: [{ run: 'true' }] }
  far-away: { runs-on: any, needs: passed-over, if: failure(), steps: [{ run: 'true' }] }
  anyway: { runs-on: any, needs: fails, if: "always() && needs.fails.result == 'failure'", steps: [{ run: 'true' }] }`);
    expect(result).toBe('failure');
    const { fails, ...others } = jobs;
    expect(Object.entries(fails?.steps ?? {}).map(([id, { conclusion }]) => `${id} ${conclusion}`)).toEqual([
      'tolerated success',
      'goes-on success',
      'breaks failure',
      'passed-over skipped',
      'afterwards success',
      'anyway success',
      'never skipped',
    ]);
    expect(fails?.steps.tolerated?.outcome).toBe('failure');
    expect(
      Object.entries(others)
        .map(([id, ended]) => `${id} ${ended.result}`)
        .sort(),
    ).toEqual(['anyway success', 'far-away success', 'passed-over skipped']);
  });

  it('hides secrets, whole and by the line, and keeps an output that has one to itself', async () => {
    const { log, jobs } = await run(
      `
on: push
jobs:
  one:
    runs-on: any
    outputs: { open: '\${{ steps.x.outputs.open }}', secret: '\${{ steps.x.outputs.secret }}' }
    steps:
      - id: x
        env: { TOKEN: '\${{ secrets.token }}' }
        run: |
          echo "$TOKEN" | tail -n 1
          echo before hidden-too
          echo '::add-mask::hidden-too'
          echo after hidden-too
          echo open=sesame >> "$GITHUB_OUTPUT"
          echo "secret=$(echo "$TOKEN" | head -n 1)" >> "$GITHUB_OUTPUT"`,
      { secrets: { token: 'first-line\n  second-line' } },
    );
    expect(log.shown).toBe('  ***\nbefore hidden-too\nafter ***\n');
    expect(log.unmasked).toBe('  second-line\nbefore hidden-too\nafter hidden-too\n');
    expect(jobs.one?.outputs).toEqual({ open: 'sesame' });
  });

  it('cancels as a runner does: INT, then TERM, then KILL, and then what asks for it', async () => {
    const started = await start(
      job(`- id: deaf
  run: |
    trap 'echo got INT' INT
    trap 'echo got TERM' TERM
    echo ready
    while true; do sleep 0.05; done
- { id: passed-over, run: 'true' }
- { id: tidies-up, if: cancelled(), run: echo tidied up }`),
      { waits: { beforeTermMs: 300, beforeKillMs: 300 } },
    );
    await until(started, 'ready');
    started.cancel();
    const { result, jobs } = await started.result;
    expect(result).toBe('cancelled');
    expect(started.log().shown).toBe('ready\ngot INT\ngot TERM\ntidied up\n');
    expect(Object.values(jobs.one?.steps ?? {}).map(({ outcome }) => outcome)).toEqual([
      'cancelled',
      'skipped',
      'success',
    ]);
  });

  it('spares a job that wants to run in any case, whether it has begun or not', async () => {
    const started = await start(`
on: push
jobs:
  stubborn: { runs-on: any, if: always(), steps: [{ run: 'echo ready; sleep 0.2' }, { run: 'true' }] }
  after: { runs-on: any, needs: stubborn, steps: [{ run: 'true' }] }
  last: { runs-on: any, needs: after, if: always(), steps: [{ run: 'echo "last: \${{ needs.after.result }}"' }] }`);
    await until(started, 'ready');
    started.cancel();
    const { jobs } = await started.result;
    expect(Object.entries(jobs).map(([id, { result }]) => `${id} ${result}`)).toEqual([
      'stubborn success',
      'after skipped',
      'last success',
    ]);
    expect(started.log().shown).toContain('last: skipped');
  });

  it('can take a machine away: nothing runs there any more, and other jobs learn only that it failed', async () => {
    const started = await start(`
on: push
jobs:
  lost:
    runs-on: any
    outputs: { said: '\${{ steps.speak.outputs.said }}' }
    steps:
      - { id: speak, run: 'echo said=something >> "$GITHUB_OUTPUT"' }
      - { run: 'trap "" INT TERM; echo ready; while true; do sleep 0.05; done' }
      - { if: always(), run: echo never said }
  next:
    runs-on: any
    needs: lost
    if: always()
    steps:
      - run: echo "\${{ needs.lost.result }}, said '\${{ needs.lost.outputs.said }}'"`);
    await until(started, 'ready');
    started.loseRunner('lost');
    expect((await started.result).result).toBe('failure');
    expect(started.log().shown).toBe("ready\nfailure, said ''\n");
  });
});
