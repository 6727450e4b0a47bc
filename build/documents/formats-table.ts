/** The text of docs/formats.md, from the table of formats, that of the readers and the samples of the tests. */
import { formats } from '../../src-main/contract/formats.ts';
import { readerTable } from '../../src-main/library/readers/reader-table.ts';
import { formatSamples } from '../../tests/support/format-samples.ts';

export const formatsTable = (): string => {
  const rows = formats.map(
    ({ kind, label, extensions, fileNames = [], aliases, mayOpen, neverOpened = [] }) => {
      const { extracts, libraries } = readerTable[kind];
      const { fileName, test } = formatSamples[kind];
      const endings = [...extensions.map((extension) => `.${extension}`), ...fileNames].join(' ');
      const types = [kind, ...aliases].map((name) => `\`${name}\``).join(' ');
      const opened = mayOpen
        ? neverOpened.length > 0
          ? `yes, but .${neverOpened.join(' .')}`
          : 'yes'
        : 'no';
      const cells = [
        label,
        endings,
        types,
        extracts,
        libraries.join(', ') || 'own',
        opened,
        fileName,
        `[${test.slice(test.lastIndexOf('/') + 1)}](../${test})`,
      ];
      return `| ${cells.join(' | ')} |`;
    },
  );
  return `# Formats

Made by \`npm run documents\` from \`src-main/contract/formats.ts\`, \`src-main/library/readers/reader-table.ts\` and
\`tests/support/format-samples.ts\`; a test fails where it is out of date.

Pictures, and pages of a PDF without text that can be read, are read by text recognition once data of a language is there; until then
they are stated as *scan*. Pictures inside messages are passed over. Old Word, Excel and PowerPoint files
(.doc, .xls, .ppt) are not read. Every sample is also damaged in many ways by
[damaged-files.test.ts](../tests/process/ingest/damaged-files.test.ts).

| format | files | \`type:\` | what is extracted | read with | opened by the system’s program | sample | test |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
};
