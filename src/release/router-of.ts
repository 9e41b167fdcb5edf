import { createGatewayRouter, noRouter, type TrafficRouter } from '../traffic/index.ts';
import { modeOf, type Names } from './slots/names.ts';

/** What moves the traffic of an app beside the selector of its own Service. */
export function routerOf(names: Names): TrafficRouter {
  if (modeOf(names) === 'service') return noRouter;
  return createGatewayRouter(names.namespace, names.routes, { entry: names.entry, ...names.services });
}
