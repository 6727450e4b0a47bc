/**
 * Checks the types of the page's tests, which know the document as well as Node. They import much of the product, whose types the check of
 * everything else has looked at: of those files only what the tests use is looked at again.
 */
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const configuration = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tests/e2e/tsconfig.json'),
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  },
)!;
const program = ts.createProgram({
  rootNames: configuration.fileNames,
  options: configuration.options,
  configFileParsingDiagnostics: configuration.errors,
});
const found = [
  ...configuration.errors,
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...configuration.fileNames.flatMap((name) => {
    const file = program.getSourceFile(name);
    if (!file) throw new Error(`${name} is not in the program.`);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  }),
];
process.stdout.write(
  ts.formatDiagnostics(found, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  }),
);
process.exit(found.length === 0 ? 0 : 1);
