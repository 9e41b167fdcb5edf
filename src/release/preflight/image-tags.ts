import { type Check, warn } from './check.ts';
import { lastingContainers, workloadName } from './workload.ts';

/** A tag that moves makes a revision another thing each time its pods start. */
export const findMovingTags: Check = async ({ request: { desired } }) =>
  lastingContainers(desired.workload)
    .filter(({ image }) => typeof image === 'string' && isMoving(image))
    .map(({ name, image }) =>
      warn(
        `Container ${String(name)} of ${workloadName(desired.workload)} runs ${String(image)}, which is another image tomorrow: a rollback would start that one`,
        'Name a tag that never moves, or a digest (`image: NAME@sha256:…`).',
      ),
    );

function isMoving(image: string): boolean {
  if (image.includes('@')) return false;
  const last = image.slice(image.lastIndexOf('/') + 1);
  return !last.includes(':') || last.endsWith(':latest');
}
