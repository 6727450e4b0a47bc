/** The engine's own file opens whatever version wrote it, and damage to it costs nobody their libraries. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeMigrations } from '../../../src-main/engine/home/home-migrations.ts';
import { damagedHomeFiles } from '../../../src-main/engine/home/open-home-database.ts';
import { HomeDatabase } from '../../../src-main/engine/home-database.ts';

const fixture = join(import.meta.dirname, '../../fixtures/library-of-version-one/home/home.sqlite');
let home: string;
const file = () => join(home, 'home.sqlite');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function withFile<Result>(work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file());
  try {
    return work(database);
  } finally {
    database.close();
  }
}
const versionOf = () => withFile((database) => database.prepare('PRAGMA user_version').get()?.user_version);

it('opens one that was written before versions were counted, with what is in it', () => {
  cpSync(fixture, file());
  expect(versionOf()).toBe(0);
  withFile((database) => database.exec("INSERT INTO settings VALUES ('threads', '3')"));
  const database = new HomeDatabase(home);
  expect(database.libraryNames()).toEqual(['default']);
  expect(database.load()).toHaveLength(2);
  expect(database.settings().threads).toBe(3);
  database.close();
  expect(versionOf()).toBe(homeMigrations.length);
});

it('leaves one of a newer version as it is', () => {
  withFile((database) => database.exec('PRAGMA user_version = 99'));
  expect(() => new HomeDatabase(home)).toThrow(/newer version/);
  expect(versionOf()).toBe(99);
});

it.each(['no database', 'cut in half', 'of zero bytes'])(
  'puts one aside that is damaged (%s), and finds the libraries',
  (damage) => {
    for (const name of ['default', 'papers', 'papers.damaged-1']) {
      mkdirSync(join(home, 'libraries', name), { recursive: true });
      writeFileSync(join(home, 'libraries', name, 'library.sqlite'), '');
    }
    const first = new HomeDatabase(home);
    first.addLibrary('default');
    for (let number = 0; number < 200; number += 1) first.addLibrary(`library-${number}`);
    first.close();
    if (damage === 'no database') writeFileSync(file(), 'no database '.repeat(1000));
    if (damage === 'cut in half') truncateSync(file(), 8192);
    if (damage === 'of zero bytes') truncateSync(file(), 0);
    const database = new HomeDatabase(home);
    expect(database.libraryNames()).toEqual(['default', 'papers']);
    expect(database.updateSettings({ threads: 2 }).threads).toBe(2);
    database.close();
    expect(damagedHomeFiles(home)).toHaveLength(damage === 'of zero bytes' ? 0 : 1);
  },
);
