import { posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { isJsonObject } from '../../src/base/index.ts';

/** A module below `src/`: its path from there, with `/`. */
export interface SourceModule {
  readonly path: string;
  readonly source: string;
}

/** An import that the house does not allow, and why. */
export interface Breach {
  readonly path: string;
  readonly specifier: string;
  readonly why: string;
}

/** Rooms by floor, the lowest first. A room imports rooms of lower floors only, so siblings never meet. */
const floors: readonly (readonly string[])[] = [
  ['base'],
  ['evidence', 'contract', 'sandbox'],
  ['cluster'],
  ['traffic', 'metrics', 'github'],
  [
    'release',
    'judge',
    'smoke',
    'load',
    'profile',
    'autoscale',
    'rightsize',
    'forecast',
    'analytics',
    'debug',
  ],
  ['commands'],
  ['hosts'],
  ['entry'],
];

/** Packages, and the one place that may import each. Packages that are not here may not be imported at all. */
const packages: readonly { readonly name: RegExp; readonly where: RegExp }[] = [
  { name: /^@actions\/core$/, where: /^hosts\/runner\.ts$/ },
  { name: /^@actions\/exec$/, where: /^hosts\// },
  { name: /^@actions\/github$/, where: /^github\// },
  { name: /^@kubernetes\/client-node(\/|$)/, where: /^cluster\// },
  { name: /^yaml$/, where: /^(contract|cluster|sandbox)\// },
];

/** Everything in the modules that the plan of the house forbids. */
export function findBreaches(modules: readonly SourceModule[]): readonly Breach[] {
  return modules.flatMap(({ path, source }) =>
    findImports(source, path).flatMap((found): Breach[] => {
      const why = judgeImport(path, found);
      return why === undefined ? [] : [{ path, specifier: found.specifier, why }];
    }),
  );
}

interface FoundImport {
  readonly specifier: string;
  /** By `import()`, in the middle of the work. */
  readonly lazy: boolean;
}

/** Static imports, re-exports, `import()`, `import type`, types by `import('…')` and `import x = require('…')`. */
export function findImports(source: string, path: string): readonly FoundImport[] {
  const found: FoundImport[] = [];
  visit(parseAst(source, { lang: 'ts' }, path), found);
  return found;
}

const importing: Readonly<Record<string, 'source' | 'expression'>> = {
  ImportDeclaration: 'source',
  ExportAllDeclaration: 'source',
  ExportNamedDeclaration: 'source',
  ImportExpression: 'source',
  TSImportType: 'source',
  TSExternalModuleReference: 'expression',
};

function visit(node: unknown, found: FoundImport[]): void {
  if (Array.isArray(node)) for (const item of node) visit(item, found);
  if (!isJsonObject(node)) return;
  const key = typeof node.type === 'string' ? importing[node.type] : undefined;
  const target = key === undefined ? undefined : node[key];
  if (isJsonObject(target)) {
    // A name that is only known at run time could lead anywhere.
    const specifier = typeof target.value === 'string' ? target.value : '(computed)';
    found.push({ specifier, lazy: node.type === 'ImportExpression' });
  }
  for (const child of Object.values(node)) if (typeof child === 'object') visit(child, found);
}

function judgeImport(path: string, { specifier, lazy }: FoundImport): string | undefined {
  if (specifier === '(computed)') return 'the name of a module must be a literal';
  if (specifier.startsWith('node:')) return undefined;
  if (!specifier.startsWith('.')) return judgePackage(path, specifier);
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  if (target === '../package.json')
    return path === 'base/version.ts' ? undefined : 'only base/version.ts reads it';
  if (target.startsWith('..')) return 'it leads out of src';
  return judgeModule(path, target, lazy);
}

function judgePackage(path: string, specifier: string): string | undefined {
  const rule = packages.find(({ name }) => name.test(specifier));
  if (rule === undefined) return 'no room may import this package';
  return rule.where.test(path) ? undefined : `only ${rule.where.source} may import it`;
}

function judgeModule(path: string, target: string, lazy: boolean): string | undefined {
  const from = roomOf(path);
  const to = roomOf(target);
  if (from === to) return from === 'commands' ? judgeCommands(path, target, lazy) : undefined;
  if (floorOf(from) < 0) return `the room ${from} has no floor`;
  if (floorOf(to) < 0) return `the room ${to} has no floor`;
  if (from === 'sandbox' && to !== 'base') return 'the sandbox is a product of its own and imports base only';
  if (to === 'sandbox' && !(lazy && path.startsWith('commands/')))
    return 'the sandbox is reached by import() only';
  if (floorOf(to) >= floorOf(from)) return `imports go downwards: ${from} is not above ${to}`;
  if (from === 'entry' && /^hosts\/(runner|terminal)\.ts$/.test(target)) return undefined;
  return target === `${to}/index.ts` ? undefined : `a room is entered by its index.ts`;
}

/** Commands are siblings: only the table of commands knows them, and their work only by `import()`. */
function judgeCommands(path: string, target: string, lazy: boolean): string | undefined {
  const own = commandOf(path);
  const other = commandOf(target);
  if (other === undefined || own === other) return undefined;
  if (path !== 'commands/index.ts') return 'a command does not import another one';
  return lazy || target.endsWith('/contract.ts')
    ? undefined
    : 'the work of a command is loaded by import() only';
}

function commandOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 2 ? parts[1] : undefined;
}

function roomOf(path: string): string {
  const [room = ''] = path.split('/');
  return room.replace(/\.ts$/, '');
}

function floorOf(room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room));
}
