import { formatDuration } from '../../base/index.ts';
import { wayBackMs } from '../engine.ts';
import { type Check, refuse } from './check.ts';

/**
 * Credentials that end in the middle would leave a release that cannot even be taken back. Those that a plugin or a
 * token file renews have no end that is known, and pass.
 */
export const findExpiringCredentials: Check = async ({ request }) => {
  const { cluster, clock, budgetMs, until, settings } = request;
  const end = await cluster.credentialsEnd();
  const neededMs = budgetMs + wayBackMs + (until === 'retired' ? settings.rollbackWindowMs : 0);
  const leftMs = end === undefined ? neededMs : end.at - clock.now();
  if (end === undefined || leftMs >= neededMs) return [];
  return [
    refuse(
      `The ${end.what} of the kubeconfig ends in ${formatDuration(Math.max(0, leftMs))}, and this release with its way back may take ${formatDuration(neededMs)}`,
      'Give credentials that last longer (`kubectl create token NAME --duration 1h`) or that renew themselves (`exec`, `tokenFile`), or a smaller `deploy-budget`.',
    ),
  ];
};
