import { type BackendNames, createGatewayRouter, noRouter, type TrafficRouter } from '../traffic/index.ts';
import { modeOf, type Names } from './slots/names.ts';

/** What moves the traffic of an app beside the selector of its own Service. */
export function routerOf(names: Names): TrafficRouter {
  if (modeOf(names) === 'service') return noRouter;
  return createGatewayRouter(names.namespace, names.routes, backendNamesOf(names));
}

/** The Services between which its traffic moves. */
export function backendNamesOf({ entry, services }: Names): BackendNames {
  return { entry, ...services };
}
