/** Runs every check on every library and, where asked, repairs what can be made again from the documents. */
import type { Examination, Finding } from '../../contract/doctor.ts';
import type { UnavailableLibrary } from '../../contract/libraries.ts';
import type { LibrarySession } from '../library-session.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import { checkAdapters } from './check-adapters.ts';
import { checkEncoder } from './check-encoder.ts';
import { checkFolders } from './check-folders.ts';
import { checkIndex } from './check-index.ts';
import { checkManifest } from './check-manifest.ts';
import { checkModels } from './check-models.ts';
import { checkNames } from './check-names.ts';
import { checkPassages } from './check-passages.ts';
import { checkTexts } from './check-texts.ts';
import { checkVectors } from './check-vectors.ts';
import type { LibraryCheck } from './library-check.ts';

/** What later ones look at is mended by earlier ones first. */
const checks: readonly LibraryCheck[] = [
  checkManifest,
  checkNames,
  checkIndex,
  checkPassages,
  checkVectors,
  checkTexts,
  checkEncoder,
  checkModels,
  checkAdapters,
  checkFolders,
];

export type ExaminationParts = {
  sessions: readonly LibrarySession[];
  unavailable: readonly UnavailableLibrary[];
  models: ModelRegistry;
  /** Damaged files of the whole program that were put aside. */
  damagedHomeFiles: readonly string[];
  /** Why another device computes than the one of the settings. */
  deviceProblem: string | null;
  /** Of the settings; empty for none. */
  rerankerId: string;
  /** Called for a library in which something was mended: an index run then reads what is to be read again. */
  onRepaired: (session: LibrarySession) => void;
};

export async function examineLibraries(parts: ExaminationParts, repair: boolean): Promise<Examination> {
  const { sessions, unavailable, models, damagedHomeFiles, deviceProblem, rerankerId, onRepaired } = parts;
  const findings: Finding[] = [
    ...(deviceProblem === null
      ? []
      : [{ library: null, check: 'device' as const, message: deviceProblem, repair: 'person' as const }]),
    ...damagedHomeFiles.map((path) => ({
      library: null,
      check: 'settings' as const,
      message: `The program's own file was damaged: settings and the list of work began anew. What could not be read is kept as ${path}; delete it once you do not need it.`,
      repair: 'person' as const,
    })),
    ...(rerankerId === '' || (await models.find(rerankerId).catch(() => null))
      ? []
      : [
          {
            library: null,
            check: 'models' as const,
            message:
              'The reranker that the settings name is not here any more, so searches do without a second look. Import its GGUF file again, or choose another one or none.',
            repair: 'person' as const,
          },
        ]),
    ...unavailable.map(({ name, reason }) => ({
      library: name,
      check: 'manifest' as const,
      message: reason,
      repair: 'person' as const,
    })),
  ];
  for (const session of sessions) {
    const found: Finding[] = [];
    for (const { check, find } of checks) {
      for (const problem of await find(session, models)) {
        if (problem.repair && repair) await problem.repair();
        const outcome = !problem.repair ? 'person' : repair ? 'done' : 'possible';
        found.push({ library: session.name, check, message: problem.message, repair: outcome });
      }
    }
    findings.push(...found);
    if (found.some(({ repair }) => repair === 'done')) onRepaired(session);
  }
  // Those beyond the ones of each library are of the program's own file, of the device and of the reranker.
  return { checks: checks.length + 3, libraries: sessions.length + unavailable.length, findings };
}
