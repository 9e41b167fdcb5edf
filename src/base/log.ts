/** Where progress goes. Hosts implement it: annotations and groups on a runner, lines on a terminal. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  /** Something a person should look at, though the work goes on. */
  warn(message: string): void;
  error(message: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
