export { type Clock, type Milliseconds, systemClock, toInstant } from './clock.ts';
export { type Deadline, type Limit, startDeadline } from './deadline.ts';
export { type ErrorCode, messageOf, StreamGateError, toStreamGateError } from './errors.ts';
export {
  at,
  canonicalJson,
  equalJson,
  fieldsAt,
  holdsItself,
  isJsonObject,
  type Json,
  type JsonObject,
  listAt,
} from './json.ts';
export { type JsonPath, parseJsonPath, readJsonPath } from './jsonpath.ts';
export { type Log, silentLog } from './log.ts';
export { printable, shellWord } from './quote.ts';
export { formatBound, formatDuration, parseDuration, parseQuantity, type Weight } from './units.ts';
export { version } from './version.ts';
export { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
