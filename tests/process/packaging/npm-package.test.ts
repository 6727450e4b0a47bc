/**
 * The npm package as a person gets it: packed, installed with all that it depends on into a folder of its own, and used from
 * there. It carries the page and the encoder, and nothing that only developing needs.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const isWindows = process.platform === 'win32';
const npm = isWindows ? 'npm.cmd' : 'npm';
const registry = spawnSync(
  npm,
  ['view', 'env-paths', 'version', '--fetch-retries=0', '--fetch-timeout=10000'],
  {
    cwd: tmpdir(),
    shell: isWindows,
  },
);
const isReached = registry.status === 0;
if (!isReached)
  console.warn('SKIPPED: the npm package is not installed. The npm registry cannot be reached from here.');

describe.skipIf(!isReached)('the npm package', () => {
  const work = mkdtempSync(join(tmpdir(), 'llara-npm-'));
  const prefix = join(work, 'prefix');
  const packageFolder = join(prefix, isWindows ? '' : 'lib', 'node_modules', 'llara-desktop');
  const environment = {
    ...process.env,
    LLARA_HOME: join(work, 'home'),
    NO_COLOR: '1',
    // The program is found as a shell finds it, and run by a Node that can read it.
    PATH: [isWindows ? prefix : join(prefix, 'bin'), dirname(process.execPath), process.env.PATH].join(
      delimiter,
    ),
  };
  /** Of a person who has set nothing up. */
  const person = join(work, 'person');
  const ofPerson = { ...environment, HOME: person, USERPROFILE: person };
  const llara = (...argumentList: string[]) =>
    execFileSync('llara', argumentList, { cwd: work, env: ofPerson, encoding: 'utf8', shell: isWindows });

  beforeAll(() => {
    mkdirSync(person);
    const node = (...argumentList: string[]) =>
      execFileSync(process.execPath, argumentList, { cwd: root, stdio: 'pipe' });
    if (
      !existsSync(join(root, 'out/renderer/index.html')) ||
      !existsSync(join(root, 'out/bundled-packages.json'))
    )
      node('node_modules/electron-vite/bin/electron-vite.js', 'build');
    // What `prepack` runs; as a script it would run by whatever Node npm itself has.
    node('node_modules/vite/bin/vite.js', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn');
    node('build/documents/client-types.ts');
    node('build/documents/man-page.ts');
    node('build/page-licences.ts');
    const run = (folder: string, ...argumentList: string[]) =>
      execFileSync(npm, argumentList, { cwd: folder, env: environment, encoding: 'utf8', shell: isWindows });
    run(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', work);
    const file = readdirSync(work).find((name) => name.endsWith('.tgz'))!;
    run(work, 'install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', join(work, file));
  }, 900_000);
  afterAll(() => rmSync(work, { recursive: true, force: true, maxRetries: 3 }));

  it('puts llara on the path', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(llara('--version').trim()).toBe(version);
  });

  it('runs nothing at installation, and brings nothing that only developing needs', () => {
    const { scripts } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(scripts[name]).toBeUndefined();
    const installed = readdirSync(join(packageFolder, 'node_modules'));
    for (const name of ['electron', 'electron-builder', 'vite', 'typescript', 'svelte', 'vitest', 'node'])
      expect(installed).not.toContain(name);
    expect(installed).toContain('marked');
    const own = readdirSync(packageFolder, { recursive: true, encoding: 'utf8' }).filter(
      (path) => !path.startsWith('node_modules'),
    );
    expect(own.filter((path) => /\.(ts|map|py)$/.test(path))).toEqual([join('out', 'cli', 'client.d.ts')]);
    expect(own).toContain(join('out', 'licences', 'THIRD-PARTY.txt'));
  });

  it('brings every encoder that ships, whole, and is found by what it is for', () => {
    const models = (folder: string) => {
      const all = join(folder, 'resources/models');
      return readdirSync(all, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.gguf'))
        .map((path) => [path, statSync(join(all, path)).size])
        .sort();
    };
    expect(models(root)).toHaveLength(2);
    expect(models(packageFolder)).toEqual(models(root));
    const { keywords } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
      keywords: string[];
    };
    expect(keywords).toEqual(expect.arrayContaining(['search', 'semantic search', 'documents', 'offline']));
  });

  it.skipIf(isWindows)('carries the manual page', () => {
    const page = readFileSync(join(prefix, 'share/man/man1/llara.1'), 'utf8');
    expect(page).toMatch(/^\.TH LLARA 1/);
    expect(page).toContain('.SS "llara search <query...>"');
  });

  it('has types for programs that use its client', () => {
    const folder = join(work, 'program');
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(packageFolder, join(folder, 'node_modules/llara-desktop'), 'junction');
    const begin = "import { connect } from 'llara-desktop/client';\nconst client = await connect();\n";
    const right = `${begin}const { groups } = await client.search.query({ query: 'lease', limit: 5 });\nexport const path: string | undefined = groups[0]?.document.path;\n`;
    writeFileSync(join(folder, 'right.mts'), right);
    writeFileSync(join(folder, 'wrong.mts'), `${begin}await client.search.query({ query: 5 });\n`);
    const argumentList = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024'];
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        ...argumentList,
        '--ignoreConfig',
        'right.mts',
        'wrong.mts',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    // What follows an error in detail is indented.
    const errors = stdout.split('\n').filter((line) => /^\S/.test(line));
    expect(errors).toEqual([
      expect.stringMatching(/^wrong\.mts\(3,.*Type 'number' is not assignable to type 'string'/),
    ]);
  });

  it('indexes the sample library and finds a passage in it', () => {
    const index = JSON.parse(llara('index', join(packageFolder, 'resources/sample-library'), '--json'));
    expect(JSON.stringify(index)).toContain('"indexed":14');
    const answer = JSON.parse(llara('search', 'how much notice ends the tenancy', '--json')) as {
      mode: string;
      groups: { document: { relativePath: string } }[];
    };
    expect(answer.mode).toBe('hybrid');
    expect(answer.groups[0]?.document.relativePath).toContain('rental-agreement.pdf');
    // All that it keeps is in its data folder.
    expect(readdirSync(person)).toEqual([]);
  });

  it.skipIf(isWindows)('serves the page', async () => {
    const child = spawn('llara', ['serve', '--json'], {
      cwd: work,
      env: ofPerson,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
      const { url, token } = JSON.parse(line) as { url: string; token: string };
      const page = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('id="app"');
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });
});
