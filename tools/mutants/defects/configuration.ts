import type { Mutant } from '../mutant.ts';

const unit = ['test/unit/release/config-unit.test.ts'];
const preflight = ['test/unit/release/config-preflight.test.ts'];
const secrets = ['test/unit/release/config-secrets.test.ts'];

/** Configuration that is released, and taken back, together with the pods. */
export const configuration: readonly Mutant[] = [
  {
    id: 'config-not-in-the-template-hash',
    harm: 'A change of the configuration alone is taken for nothing new.',
    file: 'src/release/desired/release-unit.ts',
    find: 'template: hashTemplate(workload),',
    replace: 'template: hashTemplate(desired.workload),',
    killedBy: unit,
  },
  {
    id: 'config-also-under-its-own-name',
    harm: 'Configuration is written in place, and whoever reads it under its name meets it before the release.',
    file: 'src/release/desired/release-unit.ts',
    find: '!copies.has(keyOf(object)) || isNamedBy',
    replace: 'copies.size > 0 || isNamedBy',
    killedBy: unit,
  },
  {
    id: 'config-written-under-live-pods',
    harm: 'Live pods meet the new configuration when they restart.',
    file: 'src/release/steps/apply-others.ts',
    find: 'if (!isLeft) await',
    replace: 'if (told.length >= 0) await',
    killedBy: preflight,
  },
  {
    id: 'copies-not-collected',
    harm: 'Each release leaves a ConfigMap behind, for ever.',
    file: 'src/release/slots/config-copies.ts',
    find: 'for (const name of dropped) await deleteOurs',
    replace: 'for (const name of dropped.slice(0, 0)) await deleteOurs',
    killedBy: unit,
  },
  {
    id: 'copies-of-kept-revisions-collected',
    harm: 'A rollback starts pods whose configuration is gone.',
    file: 'src/release/steps/prune.ts',
    find: 'const workloads = [...kept.map',
    replace: 'const workloads = [...kept.slice(0, 0).map',
    killedBy: unit,
  },
  {
    id: 'copies-of-a-failed-release-stay',
    harm: 'A release that is taken back leaves its configuration behind.',
    file: 'src/release/steps/config.ts',
    find: 'if (existed === false)',
    replace: 'if (existed === undefined)',
    killedBy: unit,
  },
  {
    id: 'copies-of-others-undone',
    harm: 'A release that is taken back deletes the configuration that the live version reads.',
    file: 'src/release/steps/config.ts',
    find: 'if (existed === false)',
    replace: 'if (existed !== undefined)',
    killedBy: unit,
  },
  {
    id: 'copy-not-stamped',
    harm: 'A run that was overtaken deletes the copy that the next one uses.',
    file: 'src/release/slots/ours.ts',
    find: 'const existing = await stampToken(cluster, ref, token);',
    replace: 'const existing = await cluster.get(ref);',
    killedBy: unit,
  },
  {
    id: 'missing-config-not-seen',
    harm: 'Pods hang in CreateContainerConfigError until the deadline, instead of a refusal with its remedy.',
    file: 'src/release/preflight/config-missing.ts',
    find: 'filter(({ optional }) => !optional)',
    replace: 'filter(({ optional }) => optional)',
    killedBy: preflight,
  },
  {
    id: 'secret-change-not-refused',
    harm: 'A Secret changes under pods that run.',
    file: 'src/release/slots/config-in-use.ts',
    find: "if (thrown.code === 'Conflict') return true;",
    replace: "if (thrown.code === 'Conflict') return false;",
    killedBy: secrets,
  },
  {
    id: 'secrets-versioned-unasked',
    harm: 'Credentials are copied, and outlive their rotation, without anybody having asked for it.',
    file: 'src/release/desired/release-unit.ts',
    find: 'versioning.secrets.includes(metadata.name)',
    replace: 'metadata.name.length > 0',
    killedBy: secrets,
  },
];
