/** The one list of scenarios that every launcher runs. */
import { describe } from 'vitest';
import { skipReason } from '../support/chromium.ts';
import type { Launcher } from '../support/launcher.ts';
import { adaptEncoderScenarios } from './adapt-encoder.ts';
import { findPassageScenarios } from './find-passage.ts';
import { keepSafeScenarios } from './keep-safe.ts';
import { keyboardOnlyScenarios } from './keyboard-only.ts';
import { narrowAndJudgeScenarios } from './narrow-and-judge.ts';
import { scenarioRun } from './scenario-run.ts';
import { surviveFailureScenarios } from './survive-failure.ts';
import { useModelScenarios } from './use-model.ts';

export function describeScenarios(launcher: Launcher): void {
  const skip = skipReason(`the app in ${launcher.name}`, launcher.missing());
  describe.skipIf(skip)(`the app in ${launcher.name}`, () => {
    const run = scenarioRun(launcher);
    findPassageScenarios(run);
    narrowAndJudgeScenarios(run);
    keepSafeScenarios(run);
    surviveFailureScenarios(run);
    keyboardOnlyScenarios(run);
    useModelScenarios(run);
    adaptEncoderScenarios(run);
  });
}
