/**
 * The parts of a noun that is written together, so that "Kündigung" finds "Kündigungsfrist". A word is cut where both sides are words of
 * the language's common ones, or where one side is and the other is long enough to be one; wrong cuts only add words that nobody asks for.
 */
import { lexiconOf } from './common-words.ts';
import { languageWords } from './languages.ts';

const minLength = 8;
const minPart = 4;
const minUnknownPart = 5;
const maxParts = 6;
/** German: after these endings and their "s" a compound goes on, whatever the words are ("Kündigungs|frist", "Mitglieds…" is left to the words). */
const jointAfterSuffix = /(?<=.{3}(?:ung|heit|keit|schaft|ion|tät|ling))s(?=.{4})/u;
/** German: what may stand before a known word and make another noun of it ("Ab|rechnung"). */
const prefixes = /^(?:ab|an|auf|aus|be|bei|ein|ent|er|mit|nach|über|um|unter|ver|vor|zer|zu)(?=.{4})/u;
/** Endings that make another form of one word rather than a second word. */
const suffix = /^(?:ungen|heiten|keiten|igkeit|schaft|lichen?|liche[mrs]|ische[mnrs]?|elijke?|ingen)/u;
const vowel = /[aeiouyäöüåæø]/u;
/** Letters that join two nouns, the longest first. */
const links: Record<string, readonly string[]> = {
  de: ['en', 'es', 'er', 'ns', 's', 'n', 'e', ''],
  nl: ['en', 's', 'e', ''],
  sv: ['s', ''],
  da: ['s', 'e', ''],
  no: ['s', 'e', ''],
  fi: ['n', ''],
  hu: [''],
};

/** Parts in lower case; empty for a word that is none, and in languages that write nouns apart. */
export function splitCompound(word: string, language: string | null): string[] {
  if (language === null || word.length < minLength || !languageWords(language)?.compounds) return [];
  const lexicon = lexiconOf(language);
  const parts = new Set<string>();
  const joint = language === 'de' ? jointAfterSuffix.exec(word) : null;
  const pieces = joint ? [word.slice(0, joint.index), word.slice(joint.index + 1)] : [word];
  if (joint) for (const piece of pieces) parts.add(piece);
  for (const piece of pieces) collect(piece, language, lexicon, parts);
  return [...parts].slice(0, maxParts);
}

function collect(word: string, language: string, lexicon: ReadonlySet<string>, parts: Set<string>): void {
  if (word.length < minLength) return;
  const isKnown = (text: string) =>
    lexicon.has(text) || (language === 'de' && lexicon.has(text.replace(prefixes, '')));
  if (isKnown(word)) return;
  const cut = bestCut(word, isKnown, links[language] ?? ['']);
  if (!cut) return;
  for (const part of cut) {
    parts.add(part);
    collect(part, language, lexicon, parts);
  }
}

/** Both parts known is better than one; of equals the cut with the longest known part. */
function bestCut(
  word: string,
  isKnown: (text: string) => boolean,
  joints: readonly string[],
): [string, string] | null {
  let best: { parts: [string, string]; worth: number } | null = null;
  for (let at = minPart; at <= word.length - minPart; at++) {
    const right = word.slice(at);
    const rightKnown = isKnown(right);
    const left = knownLeft(word.slice(0, at), isKnown, joints);
    if (!rightKnown && !left) continue;
    const both = rightKnown && left !== null;
    const unknown = rightKnown ? word.slice(0, at) : right;
    if (!both && (unknown.length < minUnknownPart || suffix.test(unknown) || !vowel.test(unknown))) continue;
    const known = both
      ? right.length + (left as string).length
      : rightKnown
        ? right.length
        : (left as string).length;
    if (!both && known < minUnknownPart) continue;
    const worth = (both ? 100 : 0) + known;
    if (worth > (best?.worth ?? 0)) best = { parts: [left ?? stripLink(word.slice(0, at)), right], worth };
  }
  return best?.parts ?? null;
}

function knownLeft(
  text: string,
  isKnown: (text: string) => boolean,
  joints: readonly string[],
): string | null {
  for (const joint of joints) {
    if (!text.endsWith(joint)) continue;
    const stem = text.slice(0, text.length - joint.length);
    if (stem.length < minPart) continue;
    if (isKnown(stem)) return stem;
    // "Miet-" of "Miete", "Schul-" of "Schule".
    if (isKnown(`${stem}e`)) return `${stem}e`;
  }
  return null;
}

const stripLink = (text: string): string => text.replace(/(?<=.{4})s$/u, '');
