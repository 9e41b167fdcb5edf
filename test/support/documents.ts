import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** A page of the documentation. */
export interface Document {
  /** From the root of the clone, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Fence {
  readonly path: string;
  /** Of its first line within the page. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

export interface Table {
  /** Text of the heading above it. */
  readonly heading: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function readDocuments(...patterns: readonly string[]): readonly Document[] {
  return globSync([...patterns], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(resolve(root, path), 'utf8') }));
}

export function rootPath(...parts: readonly string[]): string {
  return resolve(root, ...parts);
}

/** The code blocks of a page. */
export function fencesOf({ path, text }: Document): readonly Fence[] {
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = '', 2: inside = '', index }) => ({
      path,
      line: text.slice(0, index).split('\n').length + 1,
      language,
      text: inside,
    }),
  );
}

export function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

/** The tables of a page, in order. */
export function tablesOf({ text }: Document): readonly Table[] {
  const tables: { heading: string; header: readonly string[]; rows: (readonly string[])[] }[] = [];
  let heading = '';
  let open = false;
  for (const line of withoutFences(text).split('\n')) {
    heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    if (!line.startsWith('|')) {
      open = false;
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (!open) tables.push({ heading, header: cells, rows: [] });
    else if (!cells.every((cell) => /^-+$/.test(cell))) tables.at(-1)?.rows.push(cells);
    open = true;
  }
  return tables;
}

/** Names in code ticks: ``a `b` c `` → `b`. */
export function ticked(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** The words of a shell line: quotes are taken off, nothing is expanded. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .replaceAll('`', '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
