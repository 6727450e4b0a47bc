/** Runs the toy training in a process of its own, so that it can be killed: node toy-run-process.ts CHECKPOINT RESULT */
import { writeFileSync } from 'node:fs';
import { toyRun } from './toy-run.ts';

const [checkpointPath, resultPath] = process.argv.slice(2) as [string, string];
const { values } = await toyRun({
  checkpointPath,
  secondsBetweenCheckpoints: 0,
  onPoint: ({ step }) => process.stdout.write(`step ${step}\n`),
});
writeFileSync(
  resultPath,
  JSON.stringify(values.map((array) => Buffer.from(array.buffer).toString('base64'))),
);
