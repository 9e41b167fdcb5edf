import type { Connection } from './connection.ts';

/**
 * Connections that live on between requests. They are used in turn, so that each one opened before a switch goes on
 * carrying requests through it. An arrival never waits for another, unless the cap is reached.
 */
export class KeptPool {
  readonly #open: (onIdleChange: () => void) => Connection;
  readonly #cap: number;
  readonly #all = new Set<Connection>();
  /** Free ones, the longest idle first. */
  #idle: Connection[] = [];
  #waiting: ((connection: Connection) => void)[] = [];
  /** Not used any more, but not closed yet. */
  readonly #leaving = new Set<Connection>();
  #closed = false;

  constructor(open: (onIdleChange: () => void) => Connection, cap: number) {
    this.#open = open;
    this.#cap = cap;
  }

  /** Opens connections ahead of the first arrival. */
  warm(count: number): void {
    for (let n = 0; n < Math.min(count, this.#cap); n += 1) this.#add();
  }

  /**
   * Calls back, at once where it can, with a connection that is free or still connecting.
   * The returned function gives up waiting; it does nothing once called back.
   */
  take(use: (connection: Connection) => void): () => void {
    const idle = this.#takeIdle();
    if (idle !== undefined) use(idle);
    else if (this.#all.size < this.#cap) use(this.#add());
    else this.#waiting.push(use);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== use);
    };
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#all, ...this.#leaving]) connection.destroy();
  }

  #add(): Connection {
    const connection: Connection = this.#open(() => this.#onIdleChange(connection));
    this.#all.add(connection);
    return connection;
  }

  /** A connection that went away while idle is noticed here, before anything is sent on it. */
  #takeIdle(): Connection | undefined {
    for (let next = this.#idle.shift(); next !== undefined; next = this.#idle.shift()) {
      if (next.usable) return next;
      this.#drop(next);
    }
    return undefined;
  }

  #onIdleChange(connection: Connection): void {
    this.#idle = this.#idle.filter((other) => other !== connection);
    if (connection.usable) this.#idle.push(connection);
    else this.#drop(connection);
    this.#serveWaiting();
  }

  #drop(connection: Connection): void {
    this.#all.delete(connection);
    if (connection.closed) this.#leaving.delete(connection);
    else this.#leaving.add(connection);
    connection.linger();
  }

  #serveWaiting(): void {
    if (this.#closed) return;
    const use = this.#waiting.shift();
    if (use !== undefined) this.take(use);
  }
}
