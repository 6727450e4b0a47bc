/** The one list of scenarios that every launcher runs; those of adaptation train for a minute and can run beside the others. */
import { afterAll, describe } from 'vitest';
import { skipReason } from '../launch/chromium.ts';
import type { Launcher } from '../launch/launcher.ts';
import { SampleHome } from '../support/sample-home.ts';
import { adaptEncoderScenarios } from './adapt-encoder.ts';
import { answerQuestionScenarios } from './answer-question.ts';
import { findPassageScenarios } from './find-passage.ts';
import { keepSafeScenarios } from './keep-safe.ts';
import { keyboardOnlyScenarios } from './keyboard-only.ts';
import { narrowAndJudgeScenarios } from './narrow-and-judge.ts';
import { scenarioRun } from './scenario-run.ts';
import { severalLibrariesScenarios } from './several-libraries.ts';
import { surviveFailureScenarios } from './survive-failure.ts';
import { useModelScenarios } from './use-model.ts';

export function describeScenarios(launcher: Launcher): void {
  const skip = skipReason(`the app in ${launcher.name}`, launcher.missing());
  describe.skipIf(skip)(`the app in ${launcher.name}`, () => {
    const run = scenarioRun(launcher);
    const sample = new SampleHome(launcher);
    const runOnSample = scenarioRun(launcher, sample.copyTo);
    afterAll(() => sample.remove());
    findPassageScenarios(run, runOnSample);
    answerQuestionScenarios(runOnSample);
    narrowAndJudgeScenarios(runOnSample);
    severalLibrariesScenarios(runOnSample);
    keepSafeScenarios(run);
    surviveFailureScenarios(run);
    keyboardOnlyScenarios(run);
    useModelScenarios(run);
  });
}

export function describeAdaptation(launcher: Launcher): void {
  const skip = skipReason(`adaptation in ${launcher.name}`, launcher.missing());
  describe.skipIf(skip)(`adaptation in ${launcher.name}`, () => adaptEncoderScenarios(scenarioRun(launcher)));
}
