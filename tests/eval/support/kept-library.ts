/** A collection, or a folder with questions, indexed once into a folder of its own by the product's own path, and kept there for further measurements. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { openBeirCollection } from '../../../src-main/engine/evaluation/beir-measurement.ts';
import { openQuestionFolder } from '../../../src-main/engine/evaluation/question-measurement.ts';
import { renewTerms } from '../../../src-main/engine/indexing/renew-terms.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { LibrarySession } from '../../../src-main/engine/library-session.ts';

/** In `work`, by the folder's name; terms that other rules of words made are made anew. Whoever opens it closes it. */
export async function openKeptLibrary(
  engine: Engine,
  directory: string,
  work: string,
): Promise<LibrarySession> {
  const { encoders, extraction } = engine;
  const name = basename(directory);
  const place = join(work, name);
  const session = await LibrarySession.open({
    name,
    directory: place,
    encoders,
    extraction,
    onChange: () => {},
  });
  const mark = join(place, `indexed for ${session.vectors.encoder?.info.name}`);
  const control = new JobControl({ onProgress: () => {}, onLog: () => {} });
  if (existsSync(mark)) {
    await renewTerms(session, control);
    return session;
  }
  const measured =
    (await openQuestionFolder(directory, engine.readSettings(), engine.languageFiles)) ??
    (await openBeirCollection(directory));
  await measured.index(session, control);
  writeFileSync(mark, '');
  return session;
}
