import { findDrift } from '../drift.ts';
import { type Check, warn } from './check.ts';

/** What somebody has changed since the last release: told, since the release goes on over it. */
export const findDrifted: Check = async ({ request: { cluster }, journal }) => {
  const drift = journal === undefined ? [] : await findDrift(cluster, journal);
  return drift.map(({ message, remedy }) => warn(message, remedy));
};
