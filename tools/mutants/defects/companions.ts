import type { Mutant } from '../mutant.ts';

const autoscaling = ['test/unit/release/autoscaling.test.ts'];
const adoption = ['test/unit/release/autoscaled-adoption.test.ts'];
const budgets = ['test/unit/release/budgets.test.ts'];
const previews = ['test/unit/release/preview-size.test.ts'];
const quotas = ['test/unit/release/quotas.test.ts'];

/** What goes with the pods of an app: autoscalers, disruption budgets, the room that they take. */
export const companions: readonly Mutant[] = [
  {
    id: 'floor-of-the-candidate-not-held',
    harm: 'A new version shrinks to its smallest size as soon as its traffic begins.',
    file: 'src/release/slots/slot-autoscaler.ts',
    find: 'return { min: Math.max(min, size), max: Math.max(max, size) };',
    replace: 'return { min, max: Math.max(max, size) };',
    killedBy: ['test/unit/release/slot-autoscaler.test.ts'],
  },
  {
    id: 'floor-falls-at-once',
    harm: 'A new version shrinks by metrics of the time before it had traffic.',
    file: 'src/release/steps/autoscale.ts',
    find: 'if (autoscaler === undefined || !isHeld(autoscaler) || !leansOnFloor(autoscaler)) return;',
    replace: 'if (autoscaler === undefined || isHeld(autoscaler) || !leansOnFloor(autoscaler)) return;',
    killedBy: autoscaling,
  },
  {
    id: 'size-matched-once-only',
    harm: 'A version that grew while its candidate came up hands its traffic to too few pods.',
    file: 'src/release/steps/autoscale.ts',
    find: "return Number(at(await cluster.get(deploymentRef(names, stable)), 'spec', 'replicas') ?? 0) || replicas;",
    replace: 'return replicas + Number(await cluster.get(deploymentRef(names, stable)) === null);',
    killedBy: autoscaling,
  },
  {
    id: 'idle-slot-keeps-its-autoscaler',
    harm: 'The warm pods are scaled away, and the way back leads to too few of them.',
    file: 'src/release/steps/autoscale.ts',
    find: 'if (stable !== null) await freeSlot(cluster, names, stable, token);',
    replace: 'if (stable === undefined) await freeSlot(cluster, names, stable, token);',
    killedBy: autoscaling,
  },
  {
    id: 'limits-of-a-refused-release-stay',
    harm: 'The live version can never shrink again after a release that was refused.',
    file: 'src/release/steps/autoscale.ts',
    find: 'if (ofSlot[stable] !== undefined) await letDown(release, autoscalerRef(names, stable), deadline);',
    replace:
      'if (ofSlot[stable] === undefined) await letDown(release, autoscalerRef(names, stable), deadline);',
    killedBy: autoscaling,
  },
  {
    id: 'second-autoscaler-beside-an-adopted-one',
    harm: 'Two autoscalers count the same pods and stop each other.',
    file: 'src/release/steps/autoscale.ts',
    find: '  if (found.onSlot !== undefined) {',
    replace: '  if (found.onSlot !== undefined && model === undefined) {',
    killedBy: adoption,
  },
  {
    id: 'adopted-floor-not-held-for-a-preview',
    harm: 'A parked preview shrinks the live version, whose autoscaler counts its idle pods.',
    file: 'src/release/steps/autoscale.ts',
    find: '      ...raiseLimits(object, size),\n    ]);\n    return `${onSlot',
    replace: '    ]);\n    return `${onSlot',
    killedBy: adoption,
  },
  {
    id: 'autoscaler-of-a-person-not-given-back',
    harm: "A failed first release leaves somebody's autoscaler with other limits.",
    file: 'src/release/steps/autoscale.ts',
    find: "...replaceField(object, ['spec'], before.spec),",
    replace: '',
    killedBy: adoption,
  },
  {
    id: 'budget-for-both-versions',
    harm: 'All pods that serve may be evicted at once, since those of the candidate count as healthy.',
    file: 'src/release/slots/slot-budget.ts',
    find: "{ ...fieldsAt(spec, 'selector', 'matchLabels'), [slotLabel]: slot };",
    replace: "fieldsAt(spec, 'selector', 'matchLabels');",
    killedBy: budgets,
  },
  {
    id: 'budget-left-on-the-old-version',
    harm: 'The version that serves has no disruption budget.',
    file: 'src/release/steps/budgets.ts',
    find: 'if (standing !== undefined) await respecify(release, name, narrowedSpec(standing.spec, candidate));',
    replace: 'if (standing === undefined) await respecify(release, name, narrowedSpec({}, candidate));',
    killedBy: budgets,
  },
  {
    id: 'budget-of-others-narrowed',
    harm: 'The pods of another app lose their disruption budget.',
    file: 'src/release/steps/budgets.ts',
    find: 'const isShared = (budget: KubeObject) => foreign.some((found) => coversLabels(budget, found));',
    replace:
      'const isShared = (budget: KubeObject) => foreign.some((found) => coversLabels(budget, found)) && false;',
    killedBy: budgets,
  },
  {
    id: 'hasty-way-back-waits',
    harm: 'A rollback that was to be at once waits for pods first.',
    file: 'src/release/rollback.ts',
    find: '(hasty ? hastyRollback : fastRollback)',
    replace: '(hasty ? fastRollback : fastRollback)',
    killedBy: previews,
  },
  {
    id: 'quota-without-what-goes-first',
    harm: 'A release is refused for want of room that it makes itself.',
    file: 'src/release/preflight/quota-room.ts',
    find: 'const less = Math.min(used, demandOf(name, freed, {}, defaults) ?? 0);',
    replace: 'const less = Math.min(0, demandOf(name, freed, {}, defaults) ?? 0);',
    killedBy: quotas,
  },
  {
    id: 'sidecars-not-counted',
    harm: 'A quota seems to have room, and the pods of the candidate are refused in the middle of a release.',
    file: 'src/release/desired/pod-template.ts',
    find: "if (container.restartPolicy === 'Always') sidecars += taken;",
    replace: "if (container.restartPolicy === 'Always') sidecars += 0 * taken;",
    killedBy: quotas,
  },
  {
    id: 'promoted-and-left-untidy',
    harm: 'After a lost runner the same command says that nothing is to do, and the floor stays for ever.',
    file: 'src/release/preflight/preflight.ts',
    find: '  if (leftUntidy(journal)) return false;\n',
    replace: '  if (leftUntidy(journal) && request.force) return false;\n',
    killedBy: ['test/unit/release/untidy.test.ts'],
  },
];
