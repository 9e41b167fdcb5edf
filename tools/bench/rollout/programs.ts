import { spawn } from 'node:child_process';

export interface ProgramRun {
  readonly code: number | null;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Ends the program; the run then resolves like any other. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. A code other than 0 is an answer, not an error; a missing program is one. */
export function runProgram(words: readonly string[], options: ProgramOptions = {}): Promise<ProgramRun> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
        options.onOutput?.(text);
      });
    }
    const end = () => child.kill();
    options.signal?.addEventListener('abort', end, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      options.signal?.removeEventListener('abort', end);
      resolve({ code, output });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
  });
}

export interface Daemon {
  stop(): Promise<void>;
}

/** A controller for one turn; `stop` waits until it is gone. */
export async function startDaemon(
  words: readonly string[],
  onOutput: (text: string) => void,
): Promise<Daemon> {
  const ending = new AbortController();
  let failure: unknown;
  const run = runProgram(words, { onOutput, signal: ending.signal }).catch((thrown: unknown) => {
    failure = thrown;
  });
  await Promise.race([run, new Promise((resolve) => setTimeout(resolve, 200))]);
  if (failure !== undefined) throw failure;
  return {
    async stop() {
      ending.abort();
      await run;
    },
  };
}

/** Whether a program is to be had by its name. */
export function isInPath(program: string): Promise<boolean> {
  return runProgram(['sh', '-c', 'command -v "$0"', program]).then(({ code }) => code === 0);
}
