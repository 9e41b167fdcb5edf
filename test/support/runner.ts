export {
  type ActionResult,
  type ActionRun,
  type Annotation,
  parseCommandFile,
  readCommands,
  runAction,
  type StartedAction,
  startAction,
} from '../../tools/runner.ts';
