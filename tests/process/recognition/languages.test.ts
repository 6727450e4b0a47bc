/** Language data: downloaded as npm keeps it and checked, imported from a person's own file, removed; and what is no such data is refused. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { downloadLanguage } from '../../../src-main/engine/recognition/download-language.ts';
import { LanguageFiles } from '../../../src-main/engine/recognition/language-files.ts';
import { integrityOf, serveRegistry, type TestRegistry } from '../../support/npm/npm-registry.ts';
import { tarballOf } from '../../support/npm/tarball-of.ts';
import { englishData } from '../../support/scans.ts';

let home: string;
let files: LanguageFiles;
let server: TestRegistry | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-languages-'));
  files = new LanguageFiles(home);
});
afterEach(async () => {
  await server?.close();
  rmSync(home, { recursive: true, force: true });
});

const packageOf = (files: Record<string, Uint8Array>) =>
  tarballOf(Object.entries(files).map(([name, content]) => ({ path: `package/${name}`, content })));

const packed = packageOf({
  '4.0.0/eng.traineddata.gz': Buffer.alloc(5000, 3),
  'package.json': Buffer.from('{}'),
  '4.0.0_best_int/eng.traineddata.gz': readFileSync(englishData),
});
const download = async (tarball: Buffer, integrity = integrityOf(tarball)) => {
  server = await serveRegistry({ '@tesseract.js-data/eng@1.0.0': { tarball } });
  const control = new JobControl({ onProgress: () => {}, onLog: () => {} });
  const english = { code: 'eng', name: 'English', sizeBytes: tarball.length, integrity };
  await downloadLanguage(english, files, control, { url: server.url, authorization: null });
};

const leftovers = () => {
  const downloads = join(files.directory, 'downloads');
  return existsSync(downloads) ? readdirSync(downloads) : [];
};

describe('a download', () => {
  it('leaves the one file that is used, unpacked, and nothing else', async () => {
    await download(packed);
    expect(await files.installed()).toEqual(['eng']);
    const kept = readFileSync(join(files.directory, 'eng.traineddata'));
    expect(kept.equals(gunzipSync(readFileSync(englishData)))).toBe(true);
    expect(leftovers()).toEqual([]);
    const [english, ...others] = await files.list();
    expect(english).toMatchObject({
      code: 'eng',
      name: 'English',
      isInstalled: true,
      sizeBytes: kept.length,
    });
    expect(others.map(({ isInstalled }) => isInstalled)).not.toContain(true);
  });

  it.each([
    ['another checksum', packed, integrityOf(Buffer.from('else')), 'states another checksum'],
    ['no such file in it', packageOf({ 'package.json': Buffer.from('{}') }), undefined, 'does not hold'],
    [
      'something else under its name',
      packageOf({ '4.0.0_best_int/eng.traineddata.gz': Buffer.alloc(5000, 255) }),
      undefined,
      'no language data',
    ],
  ])('with %s is refused, and nothing of it stays', async (_, content, integrity, reason) => {
    await expect(download(content, integrity)).rejects.toThrow(reason);
    expect(await files.installed()).toEqual([]);
    expect(leftovers()).toEqual([]);
  });
});

describe('a file of a person', () => {
  it('is taken packed or unpacked, and removed again', async () => {
    const own = join(home, 'my_words.traineddata');
    writeFileSync(own, gunzipSync(readFileSync(englishData)));
    expect(await files.import(own)).toBe('my_words');
    expect(await files.import(englishData)).toBe('eng');
    expect(await files.installed()).toEqual(['eng', 'my_words']);
    await files.remove('my_words');
    expect(await files.installed()).toEqual(['eng']);
    await expect(files.remove('my_words')).rejects.toThrow('Here are: eng');
  });

  it.each([
    ['words.txt', 'text', 'is not named like language data'],
    ['ces.traineddata', 'x'.repeat(2000), 'is no language data'],
    ['ces.traineddata.gz', '\x1f\x8bnot packed', 'is no language data'],
  ])('%s is refused, with the reason', async (name, content, reason) => {
    const path = join(home, name);
    writeFileSync(path, content, 'latin1');
    await expect(files.import(path)).rejects.toThrow(reason);
    expect(await files.installed()).toEqual([]);
  });

  it('that is not there is named', async () => {
    await expect(files.import(join(home, 'ces.traineddata'))).rejects.toThrow('cannot be read');
  });
});
