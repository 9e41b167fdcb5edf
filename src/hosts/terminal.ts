import { resolve } from 'node:path';
import { StreamGateError, systemClock, version } from '../base/index.ts';
import { type CommandEntry, commands, type Host } from '../commands/index.ts';
import { type GivenInputs, readInputs, suggest, usageError } from '../contract/index.ts';
import { plainText, renderTerminal } from '../evidence/index.ts';
import { followSignals } from './cancellation.ts';
import { type Ending, endingOfError, explain, runToEnd } from './ending.ts';
import { namesFiles, readFiles } from './files.ts';
import { flagSpelling, parseFlags } from './flags.ts';
import { commandHelp, overallHelp } from './help.ts';
import { createDisplay, type Display, type Screen } from './live-list.ts';
import { wantsLogs } from './logs.ts';
import { readProber } from './prober-program.ts';
import { keepReport } from './report.ts';
import { readRunFacts } from './run-facts.ts';
import { resolveSecrets } from './secrets.ts';
import { createStdinReader } from './stdin.ts';

const entries = commands.filter(({ contract }) => contract.hosts?.includes('terminal') ?? true);

/** `streamgate COMMAND …`: resolves to the exit code once everything is written. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--version' || name === 'version') return print(`${version}\n`);
  if (['', 'help', '--help', '-h'].includes(name)) {
    const entry = entries.find(({ contract }) => contract.name === rest[0]);
    return print(entry === undefined ? overallHelp(entries, width()) : commandHelp(entry.contract, width()));
  }
  const entry = entries.find(({ contract }) => contract.name === name);
  if (entry === undefined) return complain(unknownCommand(name));
  const flags = parseFlags(entry.contract, rest);
  if (flags.host.has('help')) return print(commandHelp(entry.contract, width()));

  const screen = createScreen();
  const display = createDisplay(screen, systemClock, { verbose: flags.host.has('verbose') });
  const ending = await runCommand(entry, flags, display);
  display.close();
  return flags.host.has('json')
    ? printJson(entry, ending)
    : printForPeople(ending, display, showsLogs(flags.given));
}

async function runCommand(entry: CommandEntry, flags: ReturnType<typeof parseFlags>, display: Display) {
  const { contract } = entry;
  const readStdin = createStdinReader();
  const workspace = process.cwd();
  const environment = (name: string) => process.env[name] || undefined;
  try {
    const secrets = await resolveSecrets(contract, flags.given, { environment, readStdin, workspace });
    const parsed = await readInputs(contract, secrets.given, {
      spelling: flagSpelling,
      exists: (pattern) => namesFiles(workspace, pattern),
    });
    const problems = [...flags.problems, ...secrets.problems, ...parsed.problems];
    if (parsed.inputs === undefined || problems.length > 0)
      throw usageError(contract, problems, flagSpelling);
    const signal = followSignals(() => process.exit(130));
    signal.addEventListener('abort', () => display.log.warn('stopping; press Ctrl-C again to stop at once'));
    const host = createHost(signal, display, readStdin, secrets.given['report-dir']);
    return await runToEnd(await entry.load(), parsed.inputs, host);
  } catch (thrown) {
    return endingOfError(contract, thrown);
  }
}

function createHost(
  signal: AbortSignal,
  display: Display,
  readStdin: () => Promise<string>,
  reportDir: string | undefined,
): Host {
  const workspace = process.cwd();
  const saved = new Map<string, string>();
  return {
    kind: 'terminal',
    log: display.log,
    clock: systemClock,
    startedAt: performance.timeOrigin,
    signal,
    run: readRunFacts(process.env),
    workspace,
    progress: display.progress,
    environment: (name) => process.env[name] || undefined,
    readStdin,
    readProber,
    readFiles: (patterns) => readFiles(workspace, patterns, readStdin),
    saveState: (name, value) => void saved.set(name, value),
    state: (name) => saved.get(name) ?? '',
    publish: async (evidence) => {
      const given = reportDir === undefined ? undefined : resolve(workspace, reportDir);
      const automatic = resolve(workspace, 'streamgate-report');
      return keepReport(evidence, { given, automatic }, display.log.warn);
    },
  };
}

/** Progress goes to standard error, so that standard output is the result and nothing else. */
function createScreen(): Screen {
  const { stderr } = process;
  return {
    write: (text) => void stderr.write(text),
    isTTY: stderr.isTTY === true && process.env.TERM !== 'dumb',
    color: wantsColor(stderr),
    size: () => ({ columns: stderr.columns ?? 100, rows: stderr.rows ?? 40 }),
  };
}

/** https://no-color.org: any value that is not empty turns colours off. */
function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

function width(): number {
  return Math.min(process.stdout.columns ?? 100, 110);
}

/** A person at a screen may see them; what a pipeline writes down, many may read. */
function showsLogs(given: GivenInputs): boolean {
  return wantsLogs(given) || process.stdout.isTTY === true;
}

async function printForPeople(
  ending: Ending,
  { told }: Pick<Display, 'told'>,
  logs: boolean,
): Promise<number> {
  const { evidence, text, verdict } = ending;
  const { report = '' } = ending.outputs;
  if (evidence !== undefined) {
    // The steps stand above, as they ended; those of a plan were never begun.
    const steps = evidence.steps.filter(({ id, outcome }) => !told({ id, state: outcome }));
    const seen = renderTerminal(
      { ...evidence, steps },
      { color: wantsColor(process.stdout), width: width(), logs },
    );
    await print(`\n${seen}\n${report === '' ? '' : `\n  Report:\n    ${report}\n`}`);
  } else if (text !== undefined) await print(`${plainText(text.replace(/\n$/, ''))}\n`);
  else if (verdict === 'pass') await print(`✓ ${plainText(ending.reason)}\n`);
  if (evidence === undefined && verdict !== 'pass') await write(process.stderr, `${explain(ending)}\n`);
  return exitCodeOf(ending);
}

async function printJson({ contract }: CommandEntry, ending: Ending): Promise<number> {
  const { verdict, outcome, reason, remedy = null, outputs, details, evidence = null, error } = ending;
  const failure = error === undefined ? null : { code: error.code, evidence: error.evidence };
  const document = {
    command: contract.name,
    verdict,
    outcome,
    reason,
    remedy,
    outputs,
    ...(details === undefined ? {} : { details }),
    error: failure,
    evidence,
  };
  await print(`${JSON.stringify(document, null, 2)}\n`);
  return exitCodeOf(ending);
}

function exitCodeOf({ verdict, error }: Ending): number {
  if (error?.code === 'Usage') return 2;
  if (verdict === 'pass') return 0;
  return verdict === 'fail' ? 1 : 3;
}

function unknownCommand(name: string): StreamGateError {
  const names = entries.map(({ contract }) => contract.name);
  const meant = suggest(name, names);
  return new StreamGateError('Usage', `streamgate has no command ${name}`, {
    remedy: meant === undefined ? `It has: ${names.join(', ')}.` : `Did you mean streamgate ${meant}?`,
  });
}

async function complain(error: StreamGateError): Promise<number> {
  await write(process.stderr, `${error.message}\n\n${error.remedy ?? ''}\n`);
  return 2;
}

async function print(text: string): Promise<number> {
  await write(process.stdout, text);
  return 0;
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done) => stream.write(text, () => done()));
}

// `node src/hosts/terminal.ts …` runs the source as it is.
if (import.meta.main) process.exit(await main(process.argv.slice(2)));
