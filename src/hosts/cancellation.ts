import { StreamGateError } from '../base/index.ts';

/**
 * An abort signal that follows SIGINT and SIGTERM. A runner that cancels sends SIGINT, SIGTERM 7.5 s later, and kills
 * 2.5 s after that: the first one starts the way back, later ones only call `onRepeat`.
 */
export function followSignals(onRepeat: (name: NodeJS.Signals) => void): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) return onRepeat(name);
    controller.abort(
      new StreamGateError('Cancelled', `The run was cancelled (${name})`, {
        remedy: 'Run it again when it was not meant to be cancelled.',
      }),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

/** Calls back for what no one caught, so that a defect still ends with its outputs set. */
export function onDefect(callback: (thrown: unknown) => void): void {
  process.on('uncaughtException', callback);
  process.on('unhandledRejection', callback);
}
