/** A release by one command: version, changelog, commit and tag, or nothing at all. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notesOf, releaseChangelog } from '../../../build/release/changelog.ts';
import { nextVersion } from '../../../build/release/next-version.ts';

const changelog = '# Changelog\n\n## Unreleased\n\n- Faster.\n\n## 1.0.0 (2026-01-02)\n\n- First.\n';

describe('the next version', () => {
  it.each([
    ['major', '2.0.0'],
    ['minor', '1.3.0'],
    ['patch', '1.2.4'],
    ['1.10.0', '1.10.0'],
  ])('by %s is %s', (step, version) => expect(nextVersion('1.2.3', step)).toBe(version));

  it.each(['', 'small', '1.2', 'v2.0.0', '1.2.3', '1.1.9', '0.9.9'])('by "%s" is refused', (step) =>
    expect(() => nextVersion('1.2.3', step)).toThrow(/no version|does not come after/),
  );
});

describe('the changelog', () => {
  it('closes the open section under the version and opens a new one', () => {
    const next = releaseChangelog(changelog, '1.1.0', '2026-03-04');
    expect(next).toContain('## Unreleased\n\n## 1.1.0 (2026-03-04)\n\n- Faster.\n\n## 1.0.0');
    expect(notesOf(next, '1.1.0')).toBe('- Faster.');
    expect(notesOf(next, '1.0.0')).toBe('- First.');
    expect(notesOf(next, '1.0')).toBe('');
    expect(() => releaseChangelog(next, '1.2.0', '2026-05-06')).toThrow('says nothing under');
  });
});

describe('npm run release', () => {
  let folder = '';
  const git = (...argumentList: string[]) =>
    execFileSync('git', argumentList, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  const run = (...argumentList: string[]) =>
    spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../../build/release/main.ts'), ...argumentList],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'llara-release-'));
    writeFileSync(join(folder, 'package.json'), '{\n  "name": "x",\n  "version": "1.0.0"\n}\n');
    const lock = { name: 'x', version: '1.0.0', packages: { '': { name: 'x', version: '1.0.0' } } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    git('init', '--quiet');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.org');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Begin');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('raises the version everywhere, in one commit with a tag', () => {
    const outcome = run('minor');
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout).toContain('git push --follow-tags');
    expect(git('log', '--format=%s')).toBe('Release 1.1.0\nBegin');
    expect(git('describe', '--exact-match')).toBe('v1.1.0');
    expect(git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toContain('"version": "1.1.0"');
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    expect([lock.version, lock.packages[''].version]).toEqual(['1.1.0', '1.1.0']);
    expect(run('--notes', '1.1.0').stdout.trim()).toBe('- Faster.');
  });

  it.each([
    [
      'changes without a commit',
      () => writeFileSync(join(folder, 'new.txt'), ''),
      'minor',
      'Commit them first',
    ],
    ['a tag of that name', () => git('tag', 'v1.1.0'), 'minor', 'is there already'],
    ['a wrong version', () => {}, 'tiny', 'is no version'],
  ])('does nothing for %s, and says so', (_what, arrange, step, message) => {
    arrange();
    const outcome = run(step);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(git('log', '--format=%s')).toBe('Begin');
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(changelog);
  });
});
