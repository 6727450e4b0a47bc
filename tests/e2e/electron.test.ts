/** The same scenarios in Electron's own window, where its runtime is installed and there is a display. */
import { describeAdaptation, describeScenarios } from './scenarios/all-scenarios.ts';
import { electronLauncher } from './support/electron-launcher.ts';

describeScenarios(electronLauncher());
describeAdaptation(electronLauncher());
