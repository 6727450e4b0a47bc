/** Runs every check on every library and, where asked, repairs what can be made again from the documents. */
import type { Examination, Finding } from '../../contract/doctor.ts';
import type { LibrarySession } from '../library-session.ts';
import { checkEncoder } from './check-encoder.ts';
import { checkFolders } from './check-folders.ts';
import { checkManifest } from './check-manifest.ts';
import { checkPassages } from './check-passages.ts';
import { checkTexts } from './check-texts.ts';
import type { LibraryCheck } from './library-check.ts';

const checks: readonly LibraryCheck[] = [
  checkManifest,
  checkPassages,
  checkTexts,
  checkEncoder,
  checkFolders,
];

/** `onRepaired` is called for a library in which something was mended: an index run then reads what is to be read again. */
export async function examineLibraries(
  sessions: readonly LibrarySession[],
  options: { repair: boolean; onRepaired: (session: LibrarySession) => void },
): Promise<Examination> {
  const findings: Finding[] = [];
  for (const session of sessions) {
    const found: Finding[] = [];
    for (const { check, find } of checks) {
      for (const { message, repair } of await find(session)) {
        if (repair && options.repair) await repair();
        const outcome = !repair ? 'person' : options.repair ? 'done' : 'possible';
        found.push({ library: session.name, check, message, repair: outcome });
      }
    }
    findings.push(...found);
    if (found.some(({ repair }) => repair === 'done')) options.onRepaired(session);
  }
  return { checks: checks.length, libraries: sessions.length, findings };
}
