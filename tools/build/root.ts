import { resolve } from 'node:path';

/** The clone. */
export const root = resolve(import.meta.dirname, '..', '..');
