/** The scenarios in Chromium, against the real engine behind the loopback host; those of adaptation are in a file of their own. */
import { afterAll } from 'vitest';
import { describeScenarios } from './scenarios/all-scenarios.ts';
import { chromiumLauncher } from './support/chromium-launcher.ts';

const launcher = chromiumLauncher();
afterAll(() => launcher.closeBrowser());
describeScenarios(launcher);
