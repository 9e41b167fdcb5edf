import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { isJsonObject } from '../src/base/index.ts';

export interface ActionRun {
  /** Folder that has `actions/` and `dist/`: the clone, or the `--out` of a build. */
  readonly from: string;
  /** Name of the action: `bluegreen-deploy`. */
  readonly name: string;
  /** What `with:` would say. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What `env:` would say. Nothing else of this process reaches the action, except PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the action runs; a new folder when left out. */
  readonly workspace?: string;
  /** Called with every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** An annotation that the runner would show. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

export interface ActionResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** The job summary, Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Texts that the action had masked. */
  readonly masks: readonly string[];
}

/** An action that runs, as a runner would have started it. */
export interface StartedAction {
  readonly pid: number;
  /** Resolves when the process and its pipes have ended. */
  readonly result: Promise<ActionResult>;
  /** What it has said so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Sends what a runner sends when a job is cancelled: SIGINT, after 7.5 s SIGTERM, after 2.5 s more SIGKILL. */
  cancel(): void;
  /** Runs the action's `post`, with the state that the main run left; undefined when it has none. */
  post(): Promise<ActionResult | undefined>;
  /** Deletes the temporary folders. */
  dispose(): void;
}

/** Starts an action from its `action.yml`, the way GitHub's runner does. */
export function startAction(run: ActionRun): StartedAction {
  const directory = resolve(run.from, 'actions', run.name);
  const { main, post } = readRuns(directory);
  const temporary = mkdtempSync(join(tmpdir(), 'streamgate-runner-'));
  const start = (script: string, state: Readonly<Record<string, string>>) =>
    startScript(resolve(directory, script), run, temporary, state);
  const started = start(main, {});
  return {
    pid: started.child.pid ?? 0,
    result: started.result,
    output: started.output,
    signal: (name) => void started.child.kill(name),
    cancel: () => cancel(started.child),
    post: async () => (post === undefined ? undefined : start(post, (await started.result).state).result),
    dispose: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

/** Starts an action and waits for its end. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const started = startAction(run);
  try {
    return await started.result;
  } finally {
    started.dispose();
  }
}

function readRuns(directory: string): { readonly main: string; readonly post: string | undefined } {
  const action: unknown = parse(readFileSync(join(directory, 'action.yml'), 'utf8'));
  const runs = isJsonObject(action) && isJsonObject(action.runs) ? action.runs : {};
  if (typeof runs.main !== 'string') throw new Error(`${directory}/action.yml names no main`);
  return { main: runs.main, post: typeof runs.post === 'string' ? runs.post : undefined };
}

function startScript(
  script: string,
  run: ActionRun,
  temporary: string,
  state: Readonly<Record<string, string>>,
): { readonly child: ChildProcess; readonly result: Promise<ActionResult>; output(): string } {
  const files = createCommandFiles(temporary);
  const workspace = run.workspace ?? mkdtempSync(join(temporary, 'workspace-'));
  const child = spawn(process.execPath, [script], {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environmentOf(run, workspace, temporary, state), ...files.variables },
  });
  let stdout = '';
  let stderr = '';
  const collect = (stream: NodeJS.ReadableStream, keep: (text: string) => void) => {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      keep(text);
      run.onOutput?.(text);
    });
  };
  collect(child.stdout, (text) => (stdout += text));
  collect(child.stderr, (text) => (stderr += text));
  const result = new Promise<ActionResult>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr, ...files.read(), ...readCommands(stdout) }));
  });
  return { child, result, output: () => stdout + stderr };
}

/** The variables that a runner sets, besides those of the files. */
function environmentOf(
  run: ActionRun,
  workspace: string,
  temporary: string,
  state: Readonly<Record<string, string>>,
): Record<string, string> {
  const named = (prefix: string, values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${variable(name)}`, value]));
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/shop',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_WORKSPACE: workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temporary,
    ...run.env,
    ...named('INPUT_', run.inputs ?? {}),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
  };
}

/** As the runner writes the name of an input: upper case, blanks as `_`, hyphens kept. */
function variable(input: string): string {
  return input.replaceAll(' ', '_').toUpperCase();
}

/** The files through which an action answers. */
export function createCommandFiles(temporary: string) {
  const directory = mkdtempSync(join(temporary, 'commands-'));
  const path = (name: string) => join(directory, name.toLowerCase());
  const names = ['OUTPUT', 'STATE', 'STEP_SUMMARY', 'ENV', 'PATH'];
  for (const name of names) writeFileSync(path(name), '');
  const read = (name: string) => readFileSync(path(name), 'utf8');
  return {
    variables: Object.fromEntries(names.map((name) => [`GITHUB_${name}`, path(name)])),
    read: () => ({
      outputs: parseCommandFile(read('OUTPUT')),
      state: parseCommandFile(read('STATE')),
      summary: read('STEP_SUMMARY'),
    }),
  };
}

/** Reads `name=value` and `name<<DELIMITER … DELIMITER`. */
export function parseCommandFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, delimiter] = /^([^=]*?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) throw new Error(`A value of ${name} never ends: there is no line ${delimiter}`);
      values[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('='))
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    else if (line !== '')
      throw new Error(`A line of a command file is neither name=value nor name<<END: ${line}`);
  }
  return values;
}

/** Reads the workflow commands in the output: annotations and masks. */
export function readCommands(stdout: string): Pick<ActionResult, 'annotations' | 'masks'> {
  const annotations: Annotation[] = [];
  const masks: string[] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const [, command, properties = '', message = ''] = /^\s*::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (command === 'add-mask') masks.push(readEscapes(message));
    if (command === 'error' || command === 'warning' || command === 'notice') {
      const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? '';
      annotations.push({ level: command, title: readEscapes(title), message: readEscapes(message) });
    }
  }
  return { annotations, masks };
}

function readEscapes(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

function cancel(child: ChildProcess): void {
  const later: NodeJS.Timeout[] = [];
  child.kill('SIGINT');
  later.push(setTimeout(() => child.kill('SIGTERM'), 7_500));
  later.push(setTimeout(() => child.kill('SIGKILL'), 10_000));
  child.on('exit', () => later.forEach(clearTimeout));
}
