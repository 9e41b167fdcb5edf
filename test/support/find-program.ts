import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program that may be there: what the variable names, else the first on the PATH. */
export function findProgram(name: string, variable: string): string | undefined {
  const { [variable]: given, PATH = '' } = process.env;
  const candidates = given ? [given] : PATH.split(delimiter).map((folder) => join(folder, name));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
