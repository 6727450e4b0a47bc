/** Placeholder until the training run lands here; overwrite this file. */
import { AppError } from '../common/app-error.ts';
import type { AdaptationFigures, AdaptationRequest, TrainingPoint } from '../contract/adaptation.ts';
import type { JobProgress } from '../contract/jobs.ts';
import type { AdaptationDocument } from './adaptation-document.ts';

export type AdaptationInput = {
  documents: readonly AdaptationDocument[];
  modelPath: string;
  request: Pick<AdaptationRequest, 'budgetSeconds' | 'rank' | 'device' | 'threads' | 'seed'>;
  feedback?: readonly { query: string; documentId: string; text: string }[];
};
export type AdaptationOutcome = {
  adapterPath: string;
  rank: number;
  trainedDocuments: number;
  trainedSeconds: number;
  tokensPerSecond: number;
  figures: AdaptationFigures;
  verdict: 'better' | 'no-gain' | 'worse';
  sentence: string;
};
export async function runAdaptation(
  _: AdaptationInput & {
    workDirectory: string;
    onProgress?: (progress: JobProgress) => void;
    onPoint?: (point: TrainingPoint) => void;
    onLog?: (line: string) => void;
    signal?: AbortSignal;
  },
): Promise<AdaptationOutcome> {
  throw new AppError('not-supported', 'Adaptation is not in this build.');
}
