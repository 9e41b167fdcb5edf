import type { Mutant } from '../mutant.ts';

const desired = ['test/unit/release/desired.test.ts'];
const kinds = ['test/unit/cluster/kinds.test.ts'];

/** What is made of the manifests before anything is asked of the cluster. */
export const manifests: readonly Mutant[] = [
  {
    id: 'nameless-objects-are-applied',
    harm: 'A Job with only a generateName is applied under the name undefined.',
    file: 'src/release/desired/desired.ts',
    find: '  problems.push(...placed.flatMap(nameProblems));\n',
    replace: '',
    killedBy: desired,
  },
  {
    id: 'stateful-app-is-not-seen',
    harm: 'A person whose app is a StatefulSet is told about the labels of its database.',
    file: 'src/release/desired/desired.ts',
    find: 'if (unfit !== undefined) return',
    replace: "if (unfit === '') return",
    killedBy: desired,
  },
  {
    id: 'missing-kind-is-remembered',
    harm: 'Manifests that bring a definition and an object of it are planned, and fail in the middle of the release.',
    file: 'src/cluster/kinds.ts',
    find: '      asked.delete(groupPath(kind.apiVersion));\n      return undefined;',
    replace: '      return undefined;',
    killedBy: kinds,
  },
];
