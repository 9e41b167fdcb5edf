import type { PublicSet } from '../public-set.ts';
import { clusterParts } from './cluster-parts.ts';
import { demos } from './demos.ts';
import { platforms } from './platforms.ts';
import { samples } from './samples.ts';

/** In each, the sets of some repositories: demo shops, samples and templates, parts of clusters, platforms upon them. */
export const publicSets: readonly PublicSet[] = [...demos, ...samples, ...clusterParts, ...platforms];
