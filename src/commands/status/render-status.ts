import { formatDuration, type Milliseconds } from '../../base/index.ts';
import { oneLine } from '../../evidence/index.ts';
import type { AppStatus } from '../../release/index.ts';

/** Where an app stands, on a dozen lines. */
export function renderStatus(status: AppStatus, now: Milliseconds): string {
  const { app, namespace, live, previous, release, slots, route, lock, revisions } = status;
  const rows: readonly (readonly [string, string])[] = [
    ['app', `${app} in ${namespace}`],
    ['live', live === null ? 'nothing' : `revision ${live.revision} in ${live.slot}`],
    ['way back', describePrevious(previous, now)],
    [
      'release',
      release === null
        ? 'none'
        : `${release.id}, ${release.phase}${describeParked(release, now)}${release.commit === '' ? '' : `, commit ${release.commit.slice(0, 12)}`}`,
    ],
    ...slots.map(
      (slot) =>
        [
          slot.slot,
          `${slot.role}${slot.revision > 0 ? ` (revision ${slot.revision})` : ''}, ${slot.ready} of ${slot.wanted} pods ready`,
        ] as const,
    ),
    ['service', status.entrySelects === '' ? 'selects no slot' : `selects ${status.entrySelects}`],
    [
      'route',
      status.mode === 'gateway'
        ? describeRoute(route)
        : 'none: the selector of the Service moves the traffic',
    ],
    ...status.drift.map(({ message, remedy }) => ['drift', `${message}. ${remedy}`] as const),
    [
      'lock',
      lock === null
        ? 'free'
        : `held by ${lock.holder}, last sign of life ${formatDuration(Math.max(0, now - Date.parse(lock.renewedAt)))} ago`,
    ],
    ['kept', revisions.map(({ revision }) => revision).join(', ') || 'no revision'],
  ];
  // A lock names its holder, and a journal its commit, as others wrote them.
  return `${rows.map(([name, value]) => `${name.padEnd(9)} ${oneLine(value, 2_000)}`).join('\n')}\n`;
}

function describePrevious(previous: AppStatus['previous'], now: Milliseconds): string {
  if (previous === null) return 'none';
  if (!previous.warm) return `revision ${previous.revision}, whose pods are gone and would be started first`;
  const left = Date.parse(previous.keepUntil) - now;
  const window =
    left > 0
      ? `kept for another ${formatDuration(left)}`
      : 'kept until the next release, or `streamgate retire`';
  return `revision ${previous.revision} in ${previous.slot}, warm, ${window}`;
}

function describeParked({ parkedUntil }: NonNullable<AppStatus['release']>, now: Milliseconds): string {
  if (parkedUntil === null) return '';
  const left = Date.parse(parkedUntil) - now;
  return left > 0 ? ` for another ${formatDuration(left)}` : ' beyond its time';
}

function describeRoute(route: AppStatus['route']): string {
  if (route === null) return 'its rules disagree or cannot be read';
  return route.kind === 'entry' ? "the app's own Service" : `blue ${route.blue} %, green ${route.green} %`;
}
