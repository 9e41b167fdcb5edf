import { resolve } from 'node:path';
import * as core from '@actions/core';
import { messageOf, systemClock } from '../base/index.ts';
import type { CommandEntry, Host } from '../commands/index.ts';
import { type Contract, type GivenInputs, readInputs, secretsOf, usageError } from '../contract/index.ts';
import { renderPlainSummary, renderSummary } from '../evidence/index.ts';
import { followSignals, onDefect } from './cancellation.ts';
import { type Ending, endingOfError, explain, runToEnd } from './ending.ts';
import { namesFiles, readFiles } from './files.ts';
import { wantsLogs } from './logs.ts';
import { createPlainProgress } from './plain-progress.ts';
import { readProber } from './prober-program.ts';
import { keepReport } from './report.ts';
import { readRunFacts } from './run-facts.ts';
import { createRunnerLog, defuse, type RunnerConsole } from './runner-log.ts';
import { createStdinReader } from './stdin.ts';

/** Prefix of our entries in the state file: actions of one job do not share it, but other tools read it. */
const statePrefix = 'streamgate-';
/** GitHub drops a summary of more than 1 MiB, and with it those of the other steps. */
const maxSummaryBytes = 1_000_000;

/** Named one by one: the toolkit as a whole would bring its HTTP client into the bundle. */
const toolkit: RunnerConsole = {
  debug: (message) => core.debug(message),
  info: (message) => core.info(message),
  warning: (message) => core.warning(message),
  error: (message) => core.error(message),
};

/** Runs a command as an action: inputs from the environment, outputs to the runner, and then ends the process. */
export async function runAction(entry: CommandEntry): Promise<void> {
  const { contract } = entry;
  // Whatever ends this process before the verdict does, a step that has not passed is not shown as one.
  process.exitCode = 1;
  const finish = once((ending: Ending) => end(ending, contract));
  onDefect((thrown) => void finish(endingOfError(contract, thrown)));
  const signal = followSignals((name) =>
    core.warning(`${name}: the runner ends this process within seconds`),
  );
  await finish(await runCommand(entry, signal));
}

/** The end of the job. What the main run saved is all that counts: the inputs were evaluated anew and mean nothing. */
export async function runPost(entry: CommandEntry): Promise<void> {
  const { contract } = entry;
  const signal = followSignals(() => {});
  try {
    const command = await entry.load();
    await command.post?.(createHost(signal, {}));
    await exit(0);
  } catch (thrown) {
    core.error(defuse(explain(endingOfError(contract, thrown))), {
      title: `streamgate ${contract.name}: post`,
    });
    await exit(1);
  }
}

async function runCommand(entry: CommandEntry, signal: AbortSignal): Promise<Ending> {
  const { contract } = entry;
  try {
    const given = readGiven(contract);
    const workspace = readWorkspace();
    const exists = (pattern: string) => namesFiles(workspace, pattern);
    for (const secret of secretsOf(contract, given, exists)) core.setSecret(secret);
    const parsed = await readInputs(contract, given, { exists });
    for (const { name, meant } of parsed.unknown) {
      const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
      core.warning(`${contract.name} has no input ${name}; it is ignored.${hint}`);
    }
    if (parsed.inputs === undefined) throw usageError(contract, parsed.problems);
    const command = await entry.load();
    return await runToEnd(command, parsed.inputs, createHost(signal, given));
  } catch (thrown) {
    return endingOfError(contract, thrown);
  }
}

/** Inputs as the runner hands them over: upper case, blanks as `_`, hyphens kept. */
function readGiven(contract: Contract): GivenInputs {
  const declared = new Map(Object.keys(contract.inputs).map((name) => [name.toUpperCase(), name]));
  const given = Object.entries(process.env).flatMap(([variable, value]) => {
    if (!variable.startsWith('INPUT_')) return [];
    const name = variable.slice('INPUT_'.length);
    return [[declared.get(name.toUpperCase()) ?? name.toLowerCase(), value ?? '']];
  });
  return Object.fromEntries(given);
}

function readWorkspace(): string {
  return process.env.GITHUB_WORKSPACE || process.cwd();
}

function createHost(signal: AbortSignal, given: GivenInputs): Host {
  const reportDir = given['report-dir'];
  const workspace = readWorkspace();
  const log = createRunnerLog(toolkit);
  const run = readRunFacts(process.env);
  const readStdin = createStdinReader();
  return {
    kind: 'runner',
    log,
    clock: systemClock,
    startedAt: performance.timeOrigin,
    signal,
    run,
    workspace,
    // No groups: a step hardly ever logs anything, and a warning inside of a closed one is not seen.
    progress: createPlainProgress(log.info, systemClock),
    environment: (name) => process.env[name] || undefined,
    readStdin,
    readProber,
    readFiles: (patterns) => readFiles(workspace, patterns, readStdin),
    saveState(name, value) {
      try {
        core.saveState(statePrefix + name, value);
      } catch (thrown) {
        const lost = 'the end of the job cannot finish what this run may leave';
        log.warn(`The state of this run could not be kept, so ${lost}: ${messageOf(thrown)}`);
      }
    },
    state: (name) => core.getState(statePrefix + name),
    async publish(evidence) {
      const place = {
        given: reportDir ? resolve(workspace, reportDir) : undefined,
        automatic: resolve(process.env.RUNNER_TEMP || workspace, 'streamgate'),
      };
      const report = keepReport(evidence, place, log.warn);
      await appendSummary(renderSummary(evidence, { logs: wantsLogs(given) })).catch((thrown: unknown) =>
        log.warn(`The job summary could not be written: ${messageOf(thrown)}. The report has all of it.`),
      );
      return report;
    },
  };
}

async function appendSummary(markdown: string): Promise<void> {
  // Runners other than GitHub's may have no summaries; the log says the same.
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  const fits = Buffer.byteLength(markdown) <= maxSummaryBytes;
  const text = fits
    ? markdown
    : `${markdown.slice(0, maxSummaryBytes / 4)}\n\n… shortened; the report has it all.\n`;
  await core.summary.addRaw(text, true).write();
}

/** Where they cannot be written, on a disk that is full, the log and the exit code still tell how it ended. */
function setOutputs({ outputs }: Ending): void {
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (thrown) {
    const remedy = 'Later steps find none of them: look whether the disk of the runner is full.';
    core.warning(defuse(`The outputs could not be written: ${messageOf(thrown)}. ${remedy}`));
  }
}

/** The only way out: outputs, summary, one annotation, and an exit that open sockets cannot hold up. */
async function end(ending: Ending, contract: Contract): Promise<void> {
  setOutputs(ending);
  const message = defuse(explain(ending));
  const given = readGiven(contract);
  if (ending.evidence === undefined && ending.verdict !== 'pass') {
    const { app, namespace } = given;
    const subject = { app: app || null, ...(namespace ? { namespace } : {}) };
    const { verdict, outcome } = ending;
    await appendSummary(
      renderPlainSummary({ command: contract.name, subject, verdict, outcome, message }),
    ).catch(() => {});
  }
  if (ending.verdict === 'pass') {
    core.info(`✓ ${ending.outcome}: ${message}`);
    return exit(0);
  }
  if (ending.error?.code === 'Internal') core.debug(String(ending.error.stack));
  const title = ['streamgate', contract.name, given.app ?? ''].filter((word) => word !== '').join(' ');
  core.error(message, { title: defuse(`${title}: ${ending.outcome}`) });
  return exit(1);
}

/** Ends once everything written has left the process: output to a pipe is asynchronous. */
async function exit(code: number): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  process.exit(code);
}

/** The first ending counts: a defect may come up while another one is being written. */
function once(work: (ending: Ending) => Promise<void>): (ending: Ending) => Promise<void> {
  let begun: Promise<void> | undefined;
  return (ending) => {
    begun ??= work(ending);
    return begun;
  };
}
