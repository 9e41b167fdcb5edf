import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import { type ApiRequest, createCluster, type Transport } from '../../../src/cluster/index.ts';
import type { RunRequest, RunResult } from '../../../src/release/index.ts';
import { configured } from '../../support/config.ts';
import { describeWrite, isWrite, watchEntry } from '../../support/killed-run.ts';
import { fakeWitness, fixedGate, type Lab, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';
import { type Standing, standingAfter, standingOf } from './kill-sweep.ts';

const v1 = configured({ VERSION: 'v1' }, { GREETING: 'one' });
const v2 = configured({ VERSION: 'v2' }, { GREETING: 'two' });
const runOf = (runId: string) => ({
  run: { repository: 'acme/shop', commit: runId, ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

/** A process that stops in front of its n-th write, as by SIGSTOP, and may be continued. */
function startStoppable(lab: Lab, nth: number) {
  let writes = 0;
  let isStopped = false;
  let at = '';
  let goOn = () => {};
  const continued = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let tellStopped = () => {};
  const stopped = new Promise<'stopped'>((resolve) => {
    tellStopped = () => resolve('stopped');
  });
  const transport: Transport = {
    name: 'stoppable',
    async send(request: ApiRequest) {
      if (isWrite(request) && ++writes === nth) {
        isStopped = true;
        at = `${nth}: ${describeWrite(request)}`;
        tellStopped();
      }
      if (isStopped) await continued;
      if (request.signal?.aborted) throw request.signal.reason;
      return lab.sandbox.handle(request);
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const end = new AbortController();
  const signal = new AbortController().signal;
  const change: Pick<RunRequest, 'cluster' | 'watch'> = {
    cluster: createCluster({ transport, clock: lab.clock, log: silentLog, signal }),
    watch: async () => ({
      witness: fakeWitness(lab.sandbox, lab.clock, end.signal),
      baseline: fixedGate('baseline'),
      traffic: fixedGate('traffic'),
    }),
  };
  return {
    change,
    stopped,
    at: () => at,
    goOn: () => goOn(),
    end: () => end.abort(),
  };
}

type Deed = (lab: Lab, change?: Partial<RunRequest>) => Promise<RunResult>;

/** Stops the deed in front of each of its writes, lets another run do its own meanwhile, and then continues the first. */
async function stopEverywhere(deed: Deed, second: Deed, wanted?: Standing) {
  const failures: string[] = [];
  let tested = 0;
  for (let nth = 1, more = true; more; nth++) {
    const lab = await openLab();
    await lab.deploy(v1, runOf('1'));
    const first = startStoppable(lab, nth);
    const entry = watchEntry(lab);
    const ending = deed(lab, first.change).catch((thrown: unknown) => String(thrown));
    more = (await Promise.race([first.stopped, ending])) === 'stopped';
    if (more) {
      tested += 1;
      const problems: string[] = [];
      const other = await second(lab).catch((thrown: unknown) => String(thrown));
      await lab.clock.sleep(5_000);
      const before = await standingOf(lab);
      if (wanted !== undefined && JSON.stringify(before) !== JSON.stringify(wanted))
        problems.push('the second run ended elsewhere');
      first.goOn();
      const ended = await ending;
      await lab.clock.sleep(5_000);
      const after = await standingOf(lab);
      if (JSON.stringify(after) !== JSON.stringify(before)) problems.push('the first run moved something');
      problems.push(...(await findBrokenLaws(lab)));
      if (entry.lost.length > 0) problems.push(`lost ${entry.lost[0]}`);
      if (problems.length > 0)
        failures.push(`${first.at()} [${tell(ended)}; then ${tell(other)}]: ${problems.join('; ')}`);
    }
    entry.end();
    first.end();
    await lab.close();
  }
  return { tested, failures };
}

function tell(end: RunResult | string): string {
  return typeof end === 'string' ? end : `${end.outcome}: ${end.reason}`;
}

describe('a release that is stopped in front of any of its writes, and continued after another run', () => {
  it('moves nothing any more when that one has finished it', async () => {
    const deploy: Deed = (lab, change) => lab.deploy(v2, { ...runOf('2'), ...change });
    const wanted = await standingAfter((lab) => lab.deploy(v1, runOf('1')), deploy);
    const { tested, failures } = await stopEverywhere(deploy, deploy, wanted);
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(35);
  }, 600_000);

  it('takes nothing away from that one when it was on its own way back', async () => {
    const failing: Deed = (lab, change) =>
      lab.deploy(v2, { ...runOf('2'), ...change, gates: [fixedGate('smoke', 'fail')] });
    const deploy: Deed = (lab, change) => lab.deploy(v2, { ...runOf('2'), ...change });
    // Where the second run ends depends on what it found: to go on with, or to begin anew.
    const { tested, failures } = await stopEverywhere(failing, deploy);
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(20);
  }, 600_000);
});
