/** The scenarios in Chromium, against the real engine behind the loopback host; those of adaptation are in a file of their own. */
import { afterAll } from 'vitest';
import { chromiumLauncher } from './launch/chromium-launcher.ts';
import { describeScenarios } from './scenarios/all-scenarios.ts';

const launcher = chromiumLauncher();
afterAll(() => launcher.closeBrowser());
describeScenarios(launcher);
