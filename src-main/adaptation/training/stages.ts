/**
 * What a method of adaptation consists of: its stages, one after the other on the same pairs of LoRA, each with its settings and its part of the
 * training time.
 */
import type { AdaptationMethod, ChosenMethod, StageName } from '../../contract/adaptation.ts';
import {
  bothSidesSettings,
  defaultTrainingSettings,
  type Objective,
  type TrainingSettings,
} from '../../llara/training/loop/training-settings.ts';

export type Stage = {
  name: StageName;
  settings: TrainingSettings;
  /** Of the training time, 0…1. */
  share: number;
};

/** Where contrast follows, what LLaRA's own losses get of the time. */
const llaraShare = 0.4;
const readingObjective: Partial<Objective> = { contrastive: 0, ebae: 1, ebar: 1 };

/** A language model has to become an encoder first; what is one already would only be bent away from what it knows. */
export function chooseMethod(wanted: AdaptationMethod | undefined, isLanguageModel: boolean): ChosenMethod {
  if (wanted !== undefined && wanted !== 'auto') return wanted;
  return isLanguageModel ? 'llara+contrastive' : 'contrastive';
}

export function stagesOf(
  method: ChosenMethod,
  {
    isLanguageModel,
    rank,
    changes,
  }: { isLanguageModel: boolean; rank?: number; changes?: Partial<TrainingSettings> },
): [Stage, ...Stage[]] {
  // Against vectors of the library as they are only where those are worth something, and stay as they are.
  const queriesAlone = method === 'contrastive' && !isLanguageModel;
  const settings: TrainingSettings = {
    ...(queriesAlone ? defaultTrainingSettings : bothSidesSettings),
    // A language model knows nothing of embedding that would have to be kept.
    ...(isLanguageModel ? { keptShare: 1 } : {}),
    ...changes,
    ...(rank ? { rank, alpha: 2 * rank } : {}),
  };
  const { objective } = settings;
  const llara: Stage = {
    name: 'llara',
    settings: { ...settings, objective: { ...objective, ...readingObjective } },
    share: 1,
  };
  const contrastive: Stage = { name: 'contrastive', settings, share: 1 };
  if (method === 'contrastive') return [contrastive];
  if (method === 'llara') return [llara];
  return [
    { ...llara, share: llaraShare },
    { ...contrastive, share: 1 - llaraShare },
  ];
}

/** Whether the adapter leaves passages alone, so that the library's vectors serve in training and after it. */
export function isForQueries([first]: readonly [Stage, ...Stage[]]): boolean {
  return first.settings.sides === 'queries';
}

/** Whether its losses ask for the model's own words, which its output head names. */
export function needsHead({ settings: { objective } }: Stage): boolean {
  return objective.ebae > 0 || objective.ebar > 0;
}
