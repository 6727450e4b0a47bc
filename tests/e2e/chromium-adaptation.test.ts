/** Adaptation in Chromium, with the real trainer: a minute of training, beside which the other scenarios can run. */
import { afterAll } from 'vitest';
import { chromiumLauncher } from './launch/chromium-launcher.ts';
import { describeAdaptation } from './scenarios/all-scenarios.ts';

const launcher = chromiumLauncher();
afterAll(() => launcher.closeBrowser());
describeAdaptation(launcher);
