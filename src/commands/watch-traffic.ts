import {
  type Clock,
  type Deadline,
  type Log,
  type Milliseconds,
  StreamGateError,
  toInstant,
} from '../base/index.ts';
import type { Gate, GateResult, KeptConnections, Traffic } from '../evidence/index.ts';
import {
  type Answer,
  countCut,
  countKept,
  judgeBaseline,
  judgeRedirects,
  judgeTraffic,
  judgeVersion,
  type Prober,
  type ProberTally,
  quoteFailure,
  type StartProberAnywhere,
  summariseTraffic,
  type TrafficJudgement,
  type VersionSource,
} from '../load/index.ts';
import {
  bothNamed,
  type KnownVersions,
  roleOf,
  type Sighting,
  type TrafficWatch,
  tellsApart,
  type Witness,
} from '../release/index.ts';
import type { ProbeTarget } from './probe-target.ts';

export interface WatchOptions {
  readonly startProber: StartProberAnywhere;
  /** Where it runs. */
  readonly from: 'runner' | 'cluster';
  /** Takes away what the prober ran in. */
  readonly close?: (() => Promise<void>) | undefined;
  readonly target: ProbeTarget;
  readonly ratePerSecond: number;
  readonly version: VersionSource;
  readonly tolerance: number;
  readonly maxDurationMs: Milliseconds;
  readonly runId: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The prober as a release sees it, and as the evidence will. */
export interface WatchedTraffic extends TrafficWatch {
  /** Ends the probing and sums it up; null when it never began. */
  conclude(): Promise<{ readonly traffic: Traffic; readonly judgement: TrafficJudgement } | null>;
}

const requestTimeoutMs = 10_000;
const baselineMs = 1_000;
const baselineAnswers = 10;
const baselinePatienceMs = 30_000;
const leastRequests = 10;
/** How long the last requests that are needed for a verdict are waited for. */
const lastAnswersMs = 5_000;
const firstAnswersInARow = 3;

export function watchTraffic(options: WatchOptions): WatchedTraffic {
  const { clock, log, startProber, target, ratePerSecond } = options;
  const stop = new AbortController();
  const listeners = new Set<(sighting: Sighting) => void>();
  let versions: KnownVersions = { stable: [], candidate: [] };
  let prober: Prober | undefined;
  let starting: Promise<void> | undefined;
  /** Whether anybody has asked for more than to watch ahead. */
  let needed = false;
  let switchedAt: Milliseconds | null = null;
  let kept: KeptConnections | null = null;

  const probe = async (suffix: string) =>
    startProber({
      url: target.url,
      host: target.host,
      ratePerSecond,
      timeoutMs: requestTimeoutMs,
      version: options.version,
      runId: `${options.runId}${suffix}`,
      clock,
      log,
      signal: stop.signal,
      maxDurationMs: options.maxDurationMs,
    });

  const view = () => ({
    isOwn: (version: string) => versions.stable.includes(version) || versions.candidate.includes(version),
    roleOf: (version: string | null) => roleOf(versions, version),
    sidesKnown: bothNamed(versions) && versions.isShared !== true,
    switchedAt,
  });

  function see(answer: Answer): Sighting {
    const judged = judgeVersion(answer, view());
    const ok = judged.class === 'ok';
    const role = roleOf(versions, judged.version);
    return {
      sentAt: judged.sentAt,
      doneAt: judged.doneAt,
      role,
      population: judged.population,
      ok,
      ownSide: judged.class === 'own-side',
      quote: ok ? '' : quoteFailure(judged),
      ofOthers: ok && role === 'unknown' && versions.isShared === true && tellsApart(versions),
    };
  }

  /** An entry point that is just being opened answers 404 or not at all for a moment: that is no loss. */
  async function firstAnswers(deadline: Deadline): Promise<void> {
    const scout = await probe('-first');
    let inARow = 0;
    let last = 'no answer';
    scout.onAnswer((answer) => {
      inARow = answer.class === 'ok' ? inARow + 1 : 0;
      if (answer.class !== 'ok') last = quoteFailure(answer);
    });
    try {
      while (inARow < firstAnswersInARow) await clock.sleep(20, deadline.signal);
    } catch (thrown) {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Timeout') throw thrown;
      throw new StreamGateError('Timeout', `${thrown.message}; last seen: ${last}`, {
        cause: thrown,
        remedy: `Check that ${target.url.href} leads to this app through its route.`,
      });
    } finally {
      await scout.stop();
    }
  }

  async function begin(firstAnswerBy: Deadline | undefined): Promise<void> {
    if (firstAnswerBy !== undefined) await firstAnswers(firstAnswerBy);
    prober = await probe('');
    prober.onAnswer((answer) => {
      const sighting = see(answer);
      for (const listener of listeners) listener(sighting);
    });
  }

  /** The baseline is of right before the switch: what was long before says little about it. */
  function lastOf(running: Prober | undefined): readonly Answer[] {
    const answers = running?.tally().answers ?? [];
    const since = clock.monotonic() - baselineMs;
    const recent = answers.filter(({ doneAt }) => doneAt >= since);
    return recent.length < baselineAnswers ? answers.slice(-baselineAnswers) : recent;
  }

  const witness: Witness = {
    async start(known, firstAnswerBy) {
      versions = known;
      needed = true;
      starting ??= begin(firstAnswerBy).catch((thrown: unknown) => {
        // The next one who wants to watch tries again.
        starting = undefined;
        throw thrown;
      });
      await starting;
    },
    watchAhead() {
      // A pod of the cluster is not started for a release that may never come to its traffic.
      if (options.from !== 'runner' || starting !== undefined) return;
      starting = begin(undefined).catch(() => {
        starting = undefined;
      });
    },
    switchBegins() {
      switchedAt ??= clock.monotonic();
    },
    countKept() {
      const counted = prober === undefined ? null : countKept(prober.tally().answers, view());
      // The first count is of the moment in which traffic had moved; later ones are asked for what was cut since.
      kept ??= counted;
      return counted;
    },
    onSighting(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function summarise(tally: ProberTally): Traffic {
    return summariseTraffic(tally, {
      ...view(),
      url: target.url.href,
      host: target.host ?? null,
      from: options.from,
      versionSource: options.version,
      ratePerSecond,
      // How many stayed is of the moment in which traffic had moved; how many were cut is of the whole.
      keptConnections: kept === null ? null : { ...kept, cut: countCut(tally.answers, view()) },
    });
  }

  /** In the middle of it, requests that have not ended are neither lost nor answered: only the end can count them. */
  function summariseSoFar(running: Prober): Traffic {
    const tally = running.tally();
    return summarise({ ...tally, planned: tally.answers.length });
  }

  function judge(traffic: Traffic, answers: readonly Answer[]): TrafficJudgement {
    const limits = { tolerance: options.tolerance, minRequests: leastRequests };
    const judgement = judgeTraffic(traffic, limits);
    return judgement.verdict === 'pass' ? (judgeRedirects(answers) ?? judgement) : judgement;
  }

  return {
    witness,
    baseline: gate('baseline', clock, async (deadline) => {
      const giveUpAt = clock.monotonic() + baselinePatienceMs;
      const watchedMs = () => clock.monotonic() - (prober?.tally().startedAt ?? clock.monotonic());
      const enough = () =>
        (prober?.tally().answers.length ?? 0) >= baselineAnswers && watchedMs() >= baselineMs;
      while (!enough() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
      return judgeBaseline(lastOf(prober).map((answer) => judgeVersion(answer, view())));
    }),
    traffic: gate('traffic', clock, async (deadline) => {
      const giveUpAt = clock.monotonic() + lastAnswersMs;
      const few = () => (prober?.tally().answers.length ?? 0) < leastRequests;
      while (few() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
      if (prober === undefined) return { verdict: 'invalid', reason: 'no traffic was watched' };
      return judge(summariseSoFar(prober), prober.tally().answers);
    }),
    async conclude() {
      await prober?.stop();
      stop.abort();
      await options.close?.();
      if (prober === undefined || !needed) return null;
      const tally = prober.tally();
      const traffic = summarise(tally);
      return { traffic, judgement: judge(traffic, tally.answers) };
    },
  };
}

function gate(
  name: string,
  clock: Clock,
  decide: (deadline: Deadline) => Promise<TrafficJudgement>,
): Gate<Witness> {
  return {
    name,
    async check(_witness, deadline): Promise<GateResult> {
      const [startedAt, began] = [toInstant(clock.now()), clock.monotonic()];
      const judgement = await decide(deadline);
      return { gate: name, ...judgement, observations: [], startedAt, durationMs: clock.monotonic() - began };
    },
  };
}
