/** Turns what CHANGELOG.md has under "Unreleased" into the section of a version. It reads and writes no file. */

const heading = '## Unreleased';

/** Throws where nothing is waiting to be released. `date` is a day, `2026-11-29`. */
export function releaseChangelog(text: string, version: string, date: string): string {
  const notes = unreleasedNotes(text);
  if (notes === '') {
    throw new Error(
      `CHANGELOG.md says nothing under "${heading}". Write what this version changes, and release again.`,
    );
  }
  return text.replace(/^## Unreleased$/m, `${heading}\n\n## ${version} (${date})`);
}

/** What a version brought, for the page of its release; empty where the changelog does not know it. */
export function notesOf(text: string, version: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## ${version} `) || line === `## ${version}`);
  if (start < 0) return '';
  const end = lines.findIndex((line, at) => at > start && line.startsWith('## '));
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim();
}

function unreleasedNotes(text: string): string {
  if (!/^## Unreleased$/m.test(text))
    throw new Error(`CHANGELOG.md has no line "${heading}". Put it above the versions.`);
  return notesOf(text.replace(/^## Unreleased$/m, '## unreleased'), 'unreleased');
}
