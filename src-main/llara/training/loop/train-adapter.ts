/**
 * The training loop: reads top to bottom, in one fixed order per step. Data, losses, graph, schedule and checkpoint are its
 * neighbours. A run killed at any moment goes on from its last checkpoint as if nothing had happened.
 */
import { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import { ExampleSampler } from '../data/example-sampler.ts';
import { tokeniseExample } from '../data/example-tokeniser.ts';
import type { TrainingExample } from '../data/training-example.ts';
import { BankLoss, type PassageBank } from '../losses/bank-loss.ts';
import { AdamOptimizer } from '../state/adam-optimizer.ts';
import { addToMean, judgedState } from '../state/averaged-state.ts';
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from '../state/checkpoint.ts';
import type { TrainingModel } from '../state/training-model.ts';
import { learningRate } from './learning-rate.ts';
import { type TrainAdapterOptions, type TrainingOutcome, wantedSteps } from './training-settings.ts';
import { TrainingStep } from './training-step.ts';
import { validate } from './validate.ts';

const defaultSecondsBetweenCheckpoints = 3;
/** Writing checkpoints takes at most this share of the time. */
const maxSavingShare = 0.03;
const budgetShareForSteps = 0.92;

/** Trains the model's pairs in place; when it returns they hold the averaged state with the best validation. */
export async function trainAdapter(
  model: TrainingModel,
  options: TrainAdapterOptions,
): Promise<TrainingOutcome> {
  const { settings, text, seed, signal } = options;
  const { parameters } = model;
  const beforeSlice = async () => {
    await options.beforeSlice?.();
    signal?.throwIfAborted();
  };
  const { banks } = options;
  const bankLoss = banks && new BankLoss(model.lanes, banks.training);
  const validationLoss = banks && new BankLoss(model.lanes, banks.validation);
  const step = new TrainingStep(model, {
    prompt: text.prompt,
    objective: settings.objective,
    microBatchTokens: options.microBatchTokens ?? 2048,
    bankLoss,
    support: options.support,
    beforeSlice,
  });
  const validator = GraphExecutor.create(model.backend);
  const sampler = new ExampleSampler(options.examples.length, seed);
  const optimizer = new AdamOptimizer(parameters.values, parameters.stepScales);
  const tokenised = (examples: readonly TrainingExample[], bank?: PassageBank) =>
    examples.flatMap((example) => {
      const tokens = tokeniseExample(example, text, settings.limits);
      return tokens ? { ...tokens, softTargets: bank?.softTargetsOf(example) } : [];
    });
  const heldOut = tokenised(options.validation.slice(0, settings.validationPairs), banks?.validation);
  const batchAt = (batch: number) =>
    tokenised(
      sampler.batch(batch, settings.batchSize).map((index) => options.examples[index] as TrainingExample),
      banks?.training,
    );
  const state = await startOrResume();
  const secondsBetweenCheckpoints = options.secondsBetweenCheckpoints ?? defaultSecondsBetweenCheckpoints;
  let savedAt = performance.now();
  let savingMs = 0;

  try {
    const validateEvery = Math.max(1, Math.ceil(state.totalSteps / settings.validations));
    while (state.step < state.totalSteps && state.trainedSeconds < options.budgetSeconds) {
      const validation = state.step % validateEvery === 0 ? await keepBest() : null;
      const saveAfterMs = Math.max(secondsBetweenCheckpoints * 1000, savingMs / maxSavingShare);
      if (performance.now() - savedAt >= saveAfterMs) await save();

      const startedAt = performance.now();
      const rate = learningRate(state.step, {
        ...settings,
        peak: settings.learningRate,
        totalSteps: state.totalSteps,
      });

      const losses: Record<string, number> = {};
      let loss = 0;
      let tokens = 0;
      for (let micro = 0; micro < settings.accumulation; micro++) {
        const result = await step.run(batchAt(state.step * settings.accumulation + micro));
        tokens += result.tokenCount;
        loss += result.loss / settings.accumulation;
        for (const [name, value] of Object.entries(result.losses)) {
          losses[name] = (losses[name] ?? 0) + value / settings.accumulation;
        }
      }

      const gradients = parameters.readGradients();
      if (settings.accumulation > 1)
        for (const values of gradients) scaleInPlace(values, 1 / settings.accumulation);
      optimizer.step(gradients, rate);
      parameters.upload();
      parameters.clearGradients();
      state.step++;
      addToMean(state, parameters.values);

      const seconds = (performance.now() - startedAt) / 1000;
      state.trainedTokens += tokens;
      state.trainedSeconds += seconds;
      options.onPoint?.({
        step: state.step,
        totalSteps: state.totalSteps,
        loss,
        losses,
        validation,
        learningRate: rate,
        tokensPerSecond: tokens / seconds,
      });
    }
    await keepBest();
    // Where time ran out first: resumed, a run that has ended does not train on.
    state.totalSteps = state.step;
    await save();
  } catch (error) {
    // An interrupted step has changed nothing but gradients, so the state is that of the last whole step.
    parameters.clearGradients();
    if (signal?.aborted) await save();
    throw error;
  } finally {
    step.dispose();
    validator.dispose();
    bankLoss?.dispose();
    validationLoss?.dispose();
  }

  parameters.values.forEach((values, index) => {
    values.set(state.bestParameters[index] as Float32Array);
  });
  parameters.upload();
  return {
    steps: state.step,
    trainedSeconds: state.trainedSeconds,
    trainedTokens: state.trainedTokens,
    tokensPerSecond: state.trainedTokens / Math.max(state.trainedSeconds, 1e-9),
    validationBefore: state.firstValidation,
    validationAfter: state.bestValidation,
    peakActivationBytes: step.peakActivationBytes,
  };

  async function startOrResume(): Promise<Checkpoint> {
    const saved = await loadCheckpoint(options.checkpointPath, options.fingerprint);
    if (saved) {
      parameters.values.forEach((values, index) => {
        values.set(saved.parameters[index] as Float32Array);
      });
      parameters.upload();
      optimizer.resume(saved.firstMoments, saved.secondMoments, saved.step);
      return saved;
    }
    const firstValidation = await validation();
    return {
      fingerprint: options.fingerprint,
      step: 0,
      totalSteps: options.totalSteps ?? (await stepsWithinBudget()),
      trainedSeconds: 0,
      trainedTokens: 0,
      firstValidation,
      bestValidation: firstValidation,
      names: [...parameters.names],
      parameters: [...parameters.values],
      firstMoments: optimizer.firstMoments,
      secondMoments: optimizer.secondMoments,
      averagedSteps: 0,
      meanParameters: parameters.values.map((values) => new Float32Array(values.length)),
      bestParameters: parameters.values.map((values) => values.slice()),
    };
  }

  /** One batch is timed, its gradients thrown away. */
  async function stepsWithinBudget(): Promise<number> {
    const wanted = wantedSteps(settings, options.examples.length);
    const startedAt = performance.now();
    await step.run(batchAt(0));
    parameters.clearGradients();
    const secondsPerStep = (settings.accumulation * (performance.now() - startedAt)) / 1000;
    const affordable = Math.floor((options.budgetSeconds * budgetShareForSteps) / secondsPerStep);
    return Math.max(1, Math.min(wanted, affordable));
  }

  async function validation(): Promise<number | null> {
    if (heldOut.length < 2) return null;
    const { temperature } = settings.objective;
    return validate(model, validator, heldOut, {
      prompt: text.prompt,
      temperature,
      bankLoss: validationLoss,
      share: settings.keptShare,
      beforeSlice,
    });
  }

  async function keepBest(): Promise<number | null> {
    const judged = judgedState(state, parameters.values);
    parameters.upload(judged);
    const value = await validation();
    parameters.upload();
    if (value !== null && state.bestValidation !== null && value >= state.bestValidation) return value;
    state.bestValidation = value;
    judged.forEach((values, index) => {
      state.bestParameters[index]?.set(values);
    });
    return value;
  }

  async function save(): Promise<void> {
    const startedAt = performance.now();
    const { firstMoments, secondMoments } = optimizer;
    await saveCheckpoint(options.checkpointPath, {
      ...state,
      parameters: [...parameters.values],
      firstMoments,
      secondMoments,
    });
    savedAt = performance.now();
    savingMs = savedAt - startedAt;
  }
}

function scaleInPlace(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}
