import type { Mutant } from '../mutant.ts';
import { adopting } from './adoption.ts';
import { checklist } from './checklist.ts';
import { companions } from './companions.ts';
import { configuration } from './configuration.ts';
import { convergence } from './convergence.ts';
import { cutOver } from './cut-over.ts';
import { fence } from './fence.ts';
import { forecasting } from './forecasting.ts';
import { foresight } from './foresight.ts';
import { journal } from './journal.ts';
import { lock } from './lock.ts';
import { manifests } from './manifests.ts';
import { meddling } from './meddling.ts';
import { overtaken } from './overtaken.ts';
import { realLife } from './real-life.ts';
import { records } from './records.ts';
import { recovery } from './recovery.ts';
import { retiring } from './retiring.ts';
import { routes } from './routes.ts';
import { sandbox } from './sandbox.ts';
import { selector } from './selector.ts';
import { undo } from './undo.ts';
import { verdicts } from './verdicts.ts';

export const mutants: readonly Mutant[] = [
  ...journal,
  ...cutOver,
  ...fence,
  ...lock,
  ...overtaken,
  ...meddling,
  ...checklist,
  ...undo,
  ...convergence,
  ...verdicts,
  ...recovery,
  ...routes,
  ...records,
  ...manifests,
  ...realLife,
  ...configuration,
  ...companions,
  ...adopting,
  ...foresight,
  ...sandbox,
  ...retiring,
  ...forecasting,
  ...selector,
];
