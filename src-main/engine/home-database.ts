/** The engine's own SQLite file: settings and the journal of jobs. Libraries keep their own. */
import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { jobSchema } from '../contract/jobs.ts';
import { type Settings, settingsSchema } from '../contract/settings.ts';
import { openHomeDatabase } from './home/open-home-database.ts';
import type { JobJournal, JournalEntry } from './jobs/job-journal.ts';

const storedJobSchema = jobSchema.extend({ log: z.array(z.string()).default([]) });

export class HomeDatabase implements JobJournal {
  readonly #database: DatabaseSync;

  constructor(home: string) {
    mkdirSync(home, { recursive: true });
    this.#database = openHomeDatabase(home);
  }

  /** Unknown or damaged values fall back to their defaults, one by one. */
  settings(): Settings {
    const stored: Record<string, unknown> = {};
    for (const row of this.#database.prepare('SELECT key, value FROM settings').all()) {
      const field = settingsSchema.shape[String(row.key) as keyof Settings];
      const parsed = field?.safeParse(parseJson(String(row.value)));
      if (parsed?.success) stored[String(row.key)] = parsed.data;
    }
    return settingsSchema.parse(stored);
  }

  updateSettings(change: Partial<Settings>): Settings {
    const statement = this.#database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
    for (const [key, value] of Object.entries(change)) {
      if (value !== undefined) statement.run(key, JSON.stringify(value));
    }
    return this.settings();
  }

  libraryNames(): string[] {
    return this.#database
      .prepare('SELECT name FROM libraries ORDER BY created_at')
      .all()
      .map((row) => String(row.name));
  }

  addLibrary(name: string): void {
    this.#database
      .prepare('INSERT OR IGNORE INTO libraries (name, created_at) VALUES (?, ?)')
      .run(name, Date.now());
  }

  removeLibrary(name: string): void {
    this.#database.prepare('DELETE FROM libraries WHERE name = ?').run(name);
  }

  save(entry: JournalEntry): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO jobs (id, created_at, job, params) VALUES (?, ?, ?, ?)')
      .run(
        entry.job.id,
        entry.job.createdAt,
        JSON.stringify({ ...entry.job, log: entry.log }),
        JSON.stringify(entry.params),
      );
  }

  load(): JournalEntry[] {
    return this.#database
      .prepare('SELECT job, params FROM jobs ORDER BY created_at')
      .all()
      .flatMap(readEntry);
  }

  remove(ids: readonly string[]): void {
    const statement = this.#database.prepare('DELETE FROM jobs WHERE id = ?');
    for (const id of ids) statement.run(id);
  }

  /** Idempotent. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** Nothing for a job of a kind that this version does not know; its row stays for the version that does. */
function readEntry({ job, params }: Record<string, unknown>): JournalEntry[] {
  const stored = parseJson(String(job));
  const parsed = storedJobSchema.safeParse(stored);
  if (!parsed.success) return [];
  const { log, ...known } = parsed.data;
  return [{ job: known, params: parseJson(String(params)), log }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged value counts as absent.
    return undefined;
  }
}
