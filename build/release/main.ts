/**
 * `npm run release -- minor`: raises the version, closes the changelog's section, and makes the commit and the tag that the release
 * workflow builds from. It pushes nothing. `npm run release -- --notes 1.2.0` prints what the changelog says of a version.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { notesOf, releaseChangelog } from './changelog.ts';
import { nextVersion } from './next-version.ts';

const git = (...argumentList: string[]) => execFileSync('git', argumentList, { encoding: 'utf8' }).trim();
const today = () => new Date().toISOString().slice(0, 10);

try {
  const [step, version] = process.argv.slice(2);
  if (step === '--notes') console.log(notesOf(readFileSync('CHANGELOG.md', 'utf8'), version ?? ''));
  else release(step ?? '');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function release(step: string): void {
  if (git('status', '--porcelain') !== '')
    throw new Error('There are changes without a commit. Commit them first.');
  const manifest = readFileSync('package.json', 'utf8');
  const { version: current } = JSON.parse(manifest) as { version: string };
  const version = nextVersion(current, step);
  const changelog = releaseChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, today());
  const tag = `v${version}`;
  if (git('tag', '--list', tag) !== '') throw new Error(`The tag ${tag} is there already.`);

  writeFileSync('CHANGELOG.md', changelog);
  writeFileSync('package.json', manifest.replace(`"version": "${current}"`, `"version": "${version}"`));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    version: string;
    packages: Record<string, { version: string }>;
  };
  lock.version = version;
  lock.packages['']!.version = version;
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  git('add', 'CHANGELOG.md', 'package.json', 'package-lock.json');
  git('commit', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', tag, '--message', `Llara ${version}`);
  console.log(`${tag} is made. Publish it with: git push --follow-tags`);
}
