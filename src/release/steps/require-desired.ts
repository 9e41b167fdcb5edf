import { StreamGateError } from '../../base/index.ts';
import type { Desired } from '../desired/desired.ts';
import type { Release } from '../step.ts';

/** What is to be released. A step that only puts things back never asks for it. */
export function requireDesired({ desired, names }: Pick<Release, 'desired' | 'names'>): Desired {
  if (desired !== undefined) return desired;
  throw new StreamGateError(
    'Internal',
    `A release of ${names.app} was continued without anything to release`,
  );
}
