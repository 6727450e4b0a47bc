/** The same scenarios in Electron's own window, where its runtime is installed and there is a display. */

import { electronLauncher } from './launch/electron-launcher.ts';
import { describeAdaptation, describeScenarios } from './scenarios/all-scenarios.ts';

describeScenarios(electronLauncher());
describeAdaptation(electronLauncher());
