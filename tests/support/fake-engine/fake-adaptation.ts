/** What a run of adaptation shows in the fake engine: a plan, a curve that falls, and the adapter that comes of it. */
import type { AdaptationPlan, Adapter, TrainingPoint } from '../../../src-main/contract/adaptation.ts';

export function fakePlan(budgetSeconds: number): AdaptationPlan {
  return {
    method: 'contrastive',
    documents: 4,
    heldOutDocuments: 1,
    passages: 180,
    pairs: 412,
    tokens: 61_000,
    steps: Math.round(budgetSeconds / 3),
    device: 'CPU',
    estimatedSeconds: budgetSeconds,
    memoryBytes: 840_000_000,
    availableMemoryBytes: 9_300_000_000,
    refusal: null,
  };
}

export function fakePoint(step: number, totalSteps: number): TrainingPoint {
  const loss = 0.9 + 2.4 * Math.exp(-step / 12) + 0.12 * Math.sin(step * 1.7);
  const validation = step % 5 === 0 ? 1.2 + 2.6 * Math.exp(-step / 14) : null;
  return {
    step,
    totalSteps,
    loss,
    losses: { ebae: loss * 0.4, ebar: loss * 0.3, pairs: loss * 0.3 },
    validation,
    learningRate: 3e-4,
    tokensPerSecond: 2150,
  };
}

export function fakeAdapter(id: string, state: Adapter['state'], gain: number): Adapter {
  return {
    id,
    library: 'default',
    createdAt: Date.parse('2026-04-02'),
    encoder: 'llara-mini',
    rank: 16,
    method: 'llara+contrastive',
    trainedDocuments: 212,
    trainedSeconds: 604,
    figures: {
      questions: 148,
      ndcg10Before: 0.612,
      ndcg10After: 0.612 + gain,
      mrr10Before: 0.574,
      mrr10After: 0.574 + gain,
      pValue: 0.004,
      differenceLow: gain - 0.03,
      differenceHigh: gain + 0.03,
      hybrid: {
        questions: 148,
        ndcg10Before: 0.781,
        ndcg10After: 0.781 + gain / 3,
        pValue: 0.03,
        differenceLow: gain / 3 - 0.02,
        differenceHigh: gain / 3 + 0.02,
      },
      short: { pValue: 0.71, differenceLow: -0.004, differenceHigh: 0.006 },
      kinds: [
        { kind: 'heading', questions: 40, ndcg10Before: 0.58, ndcg10After: 0.58 + 1.4 * gain },
        { kind: 'excerpt', questions: 40, ndcg10Before: 0.81, ndcg10After: 0.81 + 0.4 * gain },
        { kind: 'sentence', questions: 38, ndcg10Before: 0.38, ndcg10After: 0.38 + 1.5 * gain },
        { kind: 'identifier', questions: 15, ndcg10Before: 0.97, ndcg10After: 0.97 },
        { kind: 'word', questions: 15, ndcg10Before: 0.95, ndcg10After: 0.95 },
      ],
      moved: [
        { question: 'who waters the orchard in august', document: 'The orchard', before: 7, after: 1 },
        { question: 'late train home', document: 'Minutes of May', before: 2, after: 5 },
      ],
    },
    stages: [
      { stage: 'llara', steps: 60, trainedSeconds: 240, ndcg10: 0.612 + gain / 3, mrr10: 0.574 + gain / 3 },
      { stage: 'contrastive', steps: 90, trainedSeconds: 364, ndcg10: 0.612 + gain, mrr10: 0.574 + gain },
    ],
    verdict: 'better',
    sentence:
      'The adapted encoder answers held-back questions better than before; the difference is unlikely to be chance.',
    state,
  };
}
