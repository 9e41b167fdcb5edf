import type { Json } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import type { RouteTarget, Way } from './http-route.ts';

/** Moves the traffic of one app. One implementation for each kind of route. */
export interface TrafficRouter {
  /** For messages: `HTTPRoute shop`. */
  readonly name: string;
  /** Where it sends now; undefined when its routes disagree, as in the middle of a change. */
  target(cluster: Cluster): Promise<RouteTarget | undefined>;
  /** What `restore` needs to put everything back: kept in the journal before anything moves. */
  image(cluster: Cluster): Promise<Json>;
  /** Makes our token the one under which the routes may be written. */
  stamp(cluster: Cluster, token: number): Promise<void>;
  /** One patch for each route, in a fixed order. */
  send(cluster: Cluster, target: RouteTarget, token: number): Promise<void>;
  /** As `image` saw it. Rules that somebody has added, removed or changed since stay, and lead where the image led. */
  restore(cluster: Cluster, image: Json, token: number): Promise<void>;
  /** Why the control plane has not taken up the last change yet; undefined when it has. */
  pending(cluster: Cluster, way?: Way): Promise<string | undefined>;
}
