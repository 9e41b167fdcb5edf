import type { Step } from '../step.ts';
import { begunMove } from './moving.ts';
import { requirePass } from './require-pass.ts';

const failedBefore =
  'Nothing was moved. Mend what real traffic meets already, or correct `probe-url`, and release again.';
const failedDuring =
  'The traffic went back to the stable version. Look at the failing answers in the report.';

/** The stable version must answer well before anything moves, or a failure afterwards would prove nothing. */
export const baseline: Step = {
  id: 'baseline',
  title: 'Watch real traffic before anything moves',
  everyRun: true,
  async act(release, deadline) {
    const { witness, baseline: gate, versions, journal, guard } = release;
    if (witness === null) return 'nobody watches: loss not measured';
    await witness.start(versions.current);
    if (begunMove(journal.release) !== undefined) {
      // The run before this one had begun to move traffic: what fails from here on is held against the switch.
      guard.arm();
      witness.switchBegins();
      return 'watching what was begun';
    }
    if (gate === null) return 'watching';
    return (await requirePass(release, gate, witness, deadline, failedBefore)).reason;
  },
};

/** All that real traffic met during the switch, judged as a whole before there is no undo any more. */
export const judgeTraffic: Step = {
  id: 'judge-traffic',
  title: 'Judge what real traffic met',
  everyRun: true,
  async act(release, deadline) {
    const { witness, traffic: gate } = release;
    if (witness === null || gate === null) return 'nobody watched: loss not measured';
    return (await requirePass(release, gate, witness, deadline, failedDuring)).reason;
  },
};
