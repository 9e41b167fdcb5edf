import { StreamGateError } from '../../base/index.ts';
import type { Command } from '../command.ts';
import { contract } from './contract.ts';

export const command: Command<typeof contract> = {
  contract,
  run() {
    throw new StreamGateError('Internal', 'rollback is not built yet');
  },
};
