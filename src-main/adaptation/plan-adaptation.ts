/** Placeholder until the plan lands here; overwrite this file. */
import { AppError } from '../common/app-error.ts';
import type { AdaptationPlan } from '../contract/adaptation.ts';
import type { AdaptationInput } from './run-adaptation.ts';

export async function planAdaptation(_: AdaptationInput): Promise<AdaptationPlan> {
  throw new AppError('not-supported', 'Adaptation is not in this build.');
}
