/**
 * The input of a run: request, documents, feedback, paths. It holds data only, so that the same input can be
 * planned, run and resumed.
 */
import type { AdaptationRequest } from '../contract/adaptation.ts';
import type { TrainingSettings } from '../llara/training/loop/training-settings.ts';
import type { AdaptationDocument } from './adaptation-document.ts';

/** A person's question and a passage that was opened or marked helpful for it. */
export type FeedbackExample = { query: string; documentId: string; text: string };

export type AdaptationInput = {
  /** In a fixed order, so that a resumed run sees what the interrupted one saw. */
  documents: readonly AdaptationDocument[];
  /** GGUF file of the bare encoder. */
  modelPath: string;
  /** `method` is `auto` where absent. */
  request: Pick<AdaptationRequest, 'budgetSeconds' | 'rank' | 'device' | 'threads' | 'seed'> &
    Partial<Pick<AdaptationRequest, 'method'>>;
  feedback?: readonly FeedbackExample[];
  /** Settings other than the defaults, for every stage: for measuring what they are worth. */
  settings?: Partial<TrainingSettings>;
};
