import type { KnownVersions, Role } from './witness.ts';

/**
 * Whether answers can be told apart: no name is of both sides, and one of them has a name at all. One is enough, since
 * an answer without it is not of that side.
 */
export function tellsApart({ stable, candidate }: KnownVersions): boolean {
  return stable.length + candidate.length > 0 && !candidate.some((version) => stable.includes(version));
}

/** The side whose name an answer carries; `unknown` when it carries none, or one that is of neither or of both. */
export function roleOf(versions: KnownVersions, version: string | null): Role {
  if (version === null || !tellsApart(versions)) return 'unknown';
  if (versions.candidate.includes(version)) return 'candidate';
  return versions.stable.includes(version) ? 'stable' : 'unknown';
}

/** The role in which answers of a side are seen: those of one that has no name are `unknown`. */
export function seenAs(versions: KnownVersions, side: 'stable' | 'candidate'): Role {
  return tellsApart(versions) && versions[side].length > 0 ? side : 'unknown';
}

/** Whether each side has a name of its own. */
export function bothNamed(versions: KnownVersions): boolean {
  return tellsApart(versions) && versions.stable.length > 0 && versions.candidate.length > 0;
}

/** Whether a row of answers of one side has none of the other: without a name of its side, one may be of somebody else. */
export function tellsSurely(versions: KnownVersions): boolean {
  return tellsApart(versions) && (versions.isShared !== true || bothNamed(versions));
}
