/** Adaptation in words: what a run would take, how it goes, what came of it. */
import { roughDuration } from '../../common/texts/rough-duration.ts';
import type {
  AdaptationFigures,
  AdaptationPlan,
  Adapter,
  ChosenMethod,
  StageFigures,
  TrainingPoint,
} from '../../contract/adaptation.ts';
import { formatDuration } from './format-duration.ts';

const methodInWords = {
  contrastive: 'to tell passages that answer a question from others',
  llara: 'to name what a passage says and what follows it',
  'llara+contrastive':
    'to name what a passage says and what follows it, then to tell passages that answer a question from others',
} as const satisfies Record<ChosenMethod, string>;

export function formatPlan(plan: AdaptationPlan): string {
  const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
  return [
    `Learns    ${methodInWords[plan.method]} (${plan.method})`,
    `Reads     ${plan.documents} documents, ${plan.passages} passages, ${plan.pairs} pairs, ${plan.tokens} tokens`,
    `Proof     on ${plan.heldOutDocuments} documents kept apart`,
    `Takes     about ${roughDuration(plan.estimatedSeconds)}: ${plan.steps} steps on ${plan.device}`,
    `Memory    ${gigabytes(plan.memoryBytes)} of ${gigabytes(plan.availableMemoryBytes)} available`,
  ].join('\n');
}

export function formatPoint({ loss, validation, tokensPerSecond }: TrainingPoint): string {
  const parts = [`loss ${loss.toFixed(3)}`, `${tokensPerSecond.toFixed(0)} tokens/s`];
  return (validation === null ? parts : [...parts, `validation ${validation.toFixed(3)}`]).join(' · ');
}

export function formatVerdict({ id, figures, stages, sentence, state }: Adapter): string {
  const change = (name: string, before: number, after: number) =>
    `${name} ${before.toFixed(4)} → ${after.toFixed(4)}`;
  return [
    sentence,
    `${change('nDCG@10', figures.ndcg10Before, figures.ndcg10After)}, ${change('MRR@10', figures.mrr10Before, figures.mrr10After)} on ${figures.questions} questions; ` +
      `difference ${figures.differenceLow.toFixed(4)} to ${figures.differenceHigh.toFixed(4)}, p = ${figures.pValue.toFixed(3)}`,
    ...(stages.length > 1 ? [formatStages(stages)] : []),
    ...(figures.kinds.length > 0 ? [formatKinds(figures.kinds)] : []),
    state === 'active'
      ? `Adapter ${id} is in use.`
      : `Adapter ${id} is not in use. To use it: llara adapters use ${id}`,
  ].join('\n');
}

function formatKinds(kinds: AdaptationFigures['kinds']): string {
  const parts = kinds.map(
    ({ kind, questions, ndcg10Before, ndcg10After }) =>
      `${kind} ${ndcg10Before.toFixed(3)} → ${ndcg10After.toFixed(3)} (${questions})`,
  );
  return `By what was asked, nDCG@10: ${parts.join(', ')}`;
}

function formatStages(stages: readonly StageFigures[]): string {
  const parts = stages.map(
    ({ stage, steps, trainedSeconds, ndcg10 }) =>
      `after ${stage} ${ndcg10.toFixed(4)} (${steps} steps, ${formatDuration(trainedSeconds)})`,
  );
  return `Stage by stage, nDCG@10: ${parts.join(', ')}`;
}
