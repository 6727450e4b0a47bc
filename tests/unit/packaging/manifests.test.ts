/** Manifests of package managers against golden files; after a change that is meant, `npx vitest run tests/unit/packaging --update` writes those anew. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allManifests } from '../../../build/manifests/all-manifests.ts';
import { installerNames, type Release, readChecksums } from '../../../build/manifests/release.ts';

const golden = join(import.meta.dirname, 'fixtures/manifests');
const release: Release = {
  version: '1.4.0',
  date: '2026-03-12',
  baseUrl: 'https://downloads.example.org/v1.4.0',
  homepage: 'https://llara.example.org',
  maintainer: 'Ada Example <ada@example.org>',
  description: "Search your own documents by meaning, on a person's own machine.",
  checksums: Object.fromEntries(
    Object.values(installerNames('1.4.0')).map((name) => [
      name,
      createHash('sha256').update(name).digest('hex'),
    ]),
  ),
};

describe('the manifests of a release', () => {
  const { files, leftOut } = allManifests(release);

  it('are made for every package manager', () => {
    expect(leftOut).toEqual([]);
    expect(Object.keys(files).sort()).toEqual([
      'aur/PKGBUILD',
      'flatpak/org.llara.desktop.metainfo.xml',
      'flatpak/org.llara.desktop.yml',
      'homebrew/llara.rb',
      'winget/Llara.Llara.installer.yaml',
      'winget/Llara.Llara.locale.en-US.yaml',
      'winget/Llara.Llara.yaml',
    ]);
  });

  it.each(Object.entries(files))('%s is as the golden file has it', (name, content) =>
    expect(content).toMatchFileSnapshot(join(golden, name)),
  );

  it('name an installer with its own checksum, and are left out where it is not there', () => {
    const { setup, dmg } = installerNames('1.4.0');
    const some = allManifests({ ...release, checksums: { [setup]: 'ab'.repeat(32) } });
    expect(Object.keys(some.files).every((name) => name.startsWith('winget/'))).toBe(true);
    expect(some.files['winget/Llara.Llara.installer.yaml']).toContain(`InstallerSha256: ${'AB'.repeat(32)}`);
    expect(some.leftOut).toHaveLength(3);
    expect(some.leftOut.join()).toContain(`${dmg} is not among the installers`);
  });
});

describe('checksums', () => {
  const folder = mkdtempSync(join(tmpdir(), 'llara-sums-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are those of the files of that version', () => {
    const { dmg } = installerNames('1.4.0');
    writeFileSync(join(folder, dmg), 'abc');
    writeFileSync(join(folder, installerNames('1.3.0').dmg), 'old');
    expect(readChecksums(folder, '1.4.0')).toEqual({
      [dmg]: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });
});

const validator = spawnSync('appstreamcli', ['--version']).status === 0;
if (!validator) console.warn('SKIPPED: the description for software centres. There is no appstreamcli.');

it.skipIf(!validator)('the description for software centres passes their own validator', () => {
  const outcome = spawnSync(
    'appstreamcli',
    ['validate', '--no-net', join(golden, 'flatpak/org.llara.desktop.metainfo.xml')],
    { encoding: 'utf8' },
  );
  expect(outcome.stdout).not.toMatch(/^[EW]:/m);
  expect(outcome.status, outcome.stdout).toBe(0);
});
