/** Prints how many tests passed, failed and were skipped, from vitest's JSON report given as argument. Fails where none ran. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const file = process.argv[2] ?? '';
if (!existsSync(file)) {
  console.error('The tests did not run: there is no report.');
  process.exit(1);
}
const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
// A file that could not even be loaded has no failed test of its own, and still failed.
const failedFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
).length;
const failed = report.numFailedTests + failedFiles;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exit(report.success && failed === 0 && report.numPassedTests > 0 ? 0 : 1);
