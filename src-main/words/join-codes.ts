/**
 * Codes and numbers under one spelling: "E-4711", "E 4711" and "E4711"; "5Q0 819 653" and "5Q0819653"; "1.234,56" and "1,234.56"; an IBAN
 * with and without its spaces. What stands together is joined to one term beside the words that it consists of.
 */
import { foldWord } from '../contract/documents/fold-word.ts';
import type { TextPiece } from './split-text.ts';
import type { TextToken } from './text-token.ts';

type Group = { pieces: TextPiece[]; start: number; end: number };

const tightGap = /^[-\u2010-\u2015\u2212_./:,'’+#]$/u;
const looseGap = /^(?:[ \u00a0\u2009\u202f]|[.)\]/] | ?\()$/u;
const hyphen = /^[-\u2010\u2011]$/u;
/** An IBAN has 34. */
const maxCodeLength = 34;
const minCodeLength = 3;
const maxGroups = 9;
const maxJoinedGroups = 6;

/** `isQuestion`: people type codes in lower case, so short words before digits may belong to one. */
export function joinCodes(text: string, pieces: readonly TextPiece[], isQuestion = false): TextToken[] {
  const groups = tightGroups(text, pieces);
  const tokens: TextToken[] = [];
  for (const group of groups) if (group.pieces.length > 1) add(tokens, [group]);
  let run: Group[] = [];
  const endRun = () => {
    if (run.length > 1 && run.length <= maxGroups) addRuns(tokens, run);
    run = [];
  };
  for (const group of groups) {
    const last = run.at(-1);
    if (!isCodeLike(group, isQuestion)) endRun();
    else if (last && looseGap.test(text.slice(last.end, group.start)) && (hasDigit(last) || hasDigit(group)))
      run.push(group);
    else {
      endRun();
      run = [group];
    }
  }
  endRun();
  return tokens;
}

function addRuns(tokens: TextToken[], run: readonly Group[]): void {
  const most = Math.min(run.length, maxJoinedGroups);
  for (let length = 2; length <= most; length++) {
    for (let first = 0; first + length <= run.length; first++) add(tokens, run.slice(first, first + length));
  }
  if (run.length > most) add(tokens, run);
}

function add(tokens: TextToken[], groups: readonly Group[]): void {
  const code = groups.flatMap(({ pieces }) => pieces.map((piece) => foldWord(piece.text))).join('');
  if (code.length < minCodeLength || code.length > maxCodeLength) return;
  tokens.push({ terms: [code], start: groups[0]!.start, end: groups.at(-1)!.end });
}

/** Pieces with nothing but one mark between them, where they are parts of a code, a number or a hyphenated short word. */
function tightGroups(text: string, pieces: readonly TextPiece[]): Group[] {
  const groups: Group[] = [];
  for (const piece of pieces) {
    if (piece.script !== 'spaced') continue;
    const last = groups.at(-1);
    const gap = last && piece.start - last.end === 1 ? text[last.end]! : null;
    if (last && gap !== null && tightGap.test(gap) && belongs(last, piece, gap)) {
      last.pieces.push(piece);
      last.end = piece.end;
    } else groups.push({ pieces: [piece], start: piece.start, end: piece.end });
  }
  return groups;
}

function belongs(group: Group, piece: TextPiece, gap: string): boolean {
  const before = group.pieces.at(-1)!.text;
  if (/\p{N}/u.test(before) || /\p{N}/u.test(piece.text))
    return before.length <= 12 && piece.text.length <= 12;
  // "e-mail" and "email", "co-operate" and "cooperate".
  return hyphen.test(gap) && (before.length <= 3 || piece.text.length <= 3) && group.pieces.length < 3;
}

const hasDigit = ({ pieces }: Group): boolean => pieces.some(({ text }) => /\p{N}/u.test(text));

function isCodeLike(group: Group, isQuestion: boolean): boolean {
  if (hasDigit(group)) return true;
  const [piece] = group.pieces;
  if (group.pieces.length > 1 || !piece || piece.text.length > 4) return false;
  return isQuestion || /^\p{Lu}+$/u.test(piece.text);
}
