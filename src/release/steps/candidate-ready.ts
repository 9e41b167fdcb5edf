import { type Limit, StreamGateError } from '../../base/index.ts';
import { ailmentsOf, createPatience } from '../proof/ailments.ts';
import { endpointsProgress } from '../proof/endpoints.ts';
import { createPodNews } from '../proof/pod-news.ts';
import { rolloutProgress } from '../proof/rollout-status.ts';
import { done, type Progress, pending, waitFor } from '../proof/wait.ts';
import { deploymentQuery, podQuery, sliceQuery } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';

export const candidateReady: Step = {
  id: 'candidate-ready',
  title: 'Wait until the candidate is ready',
  everyRun: true,
  act: async (release, deadline) => {
    const { cluster, names, candidate, clock, settings } = release;
    const name = names.deployments[candidate];
    const patience = createPatience(clock);
    const news = createPodNews(cluster, clock, release.log);
    return waitFor({
      cluster,
      clock,
      deadline: deadline.within(settings.progressDeadlineMs, limitOf(name)),
      what: `${name} to be ready`,
      queries: {
        deployments: deploymentQuery(names, candidate),
        pods: await podQuery(cluster, names, candidate),
        slices: sliceQuery(names, names.services[candidate]),
      },
      async check({ deployments, pods, slices }) {
        const [deployment] = deployments;
        if (deployment === undefined) return gone(name);
        const rollout = rolloutProgress(deployment, pods);
        if (rollout.state === 'done') return merge(rollout, endpointsProgress(slices, pods));
        if (rollout.state === 'failed') return rollout;
        const error = patience.outlasted(ailmentsOf(deployment, pods, schedulingTimeoutOf(settings)));
        if (error !== undefined) return { state: 'failed', error };
        const trouble = await news.look(pods);
        return pending(trouble === '' ? rollout.seen : `${rollout.seen}; ${trouble}`);
      },
    });
  },
};

function limitOf(what: string): Limit {
  const remedy = 'See the events and logs below. Where its pods need longer, raise `progress-deadline`.';
  return { what, remedy };
}

/** Enough for traffic that is to go back at once: somebody answers, and more come afterwards. */
export const candidateStands: Step = {
  id: 'candidate-stands',
  title: 'Look whether any pod of the older version is ready',
  everyRun: true,
  act: async ({ cluster, names, candidate, clock, settings }, deadline) =>
    waitFor({
      cluster,
      clock,
      deadline: deadline.within(settings.progressDeadlineMs, limitOf(names.deployments[candidate])),
      what: `a pod of ${names.deployments[candidate]} to be ready`,
      queries: {
        pods: await podQuery(cluster, names, candidate),
        slices: sliceQuery(names, names.services[candidate]),
      },
      check: ({ pods, slices }) => endpointsProgress(slices, pods),
    }),
};

/** The step before has made it, so somebody has deleted it since: nothing will bring it back. */
function gone(name: string): Progress {
  const message = `Deployment ${name} is gone: somebody deleted it while its pods were waited for`;
  const remedy = 'Find out who deletes it (a Git sync that prunes, a clean-up job), then release again.';
  return { state: 'failed', error: new StreamGateError('Failed', message, { remedy }) };
}

/** Where nobody says otherwise, room is there or it is not: few clusters add nodes. */
function schedulingTimeoutOf({ schedulingTimeoutMs = 30_000 }: Release['settings']): number {
  return schedulingTimeoutMs;
}

function merge(first: { readonly detail: string }, second: ReturnType<typeof endpointsProgress>) {
  return second.state === 'done' ? done(`${first.detail}, ${second.detail}`) : second;
}
