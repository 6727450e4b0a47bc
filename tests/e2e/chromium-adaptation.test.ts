/** Adaptation in Chromium, with the real trainer: a minute of training, beside which the other scenarios can run. */
import { afterAll } from 'vitest';
import { describeAdaptation } from './scenarios/all-scenarios.ts';
import { chromiumLauncher } from './support/chromium-launcher.ts';

const launcher = chromiumLauncher();
afterAll(() => launcher.closeBrowser());
describeAdaptation(launcher);
