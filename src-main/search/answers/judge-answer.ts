/**
 * Says how likely it is that something in the library answers a question, and which documents do. Every question finds its nearest
 * neighbours, so being found means little; what tells an answer is how much of the question's information one passage holds, whether a name
 * fits, how far meaning puts a document above the crowd, and whether words and meaning agree.
 */
import type { SearchGroup, SearchResponse } from '../../contract/search.ts';
import type { FoundChunk } from '../../store/find-chunks.ts';
import { type NamedDocument, nameWorth } from '../ranking/lift-named.ts';

export type AnswerEvidence = {
  /** Best first, with the score of a passage that would hold every word of the question. */
  lexical: readonly FoundChunk[];
  ceiling: number;
  /** What vectors found for the question itself, best first; null where they were not asked, or know a part of the library alone. */
  dense: readonly FoundChunk[] | null;
  named: readonly NamedDocument[];
};

/**
 * What speaks for an answer, 0…1 each: how much of the question one passage holds, how much of it a name, how far the document that is nearest by meaning stands
 * above the crowd, and where the best document by words stands by meaning.
 */
export type AnswerSigns = { coverage: number; name: number; peak: number; agreement: number };

/** Of a logistic regression. */
export type SignWeights = AnswerSigns & { constant: number };

/** `confidence`: 0…1 that any document answers. `certain`: ids of the documents that are likely to. */
export type AnswerJudgement = { confidence: number; certain: ReadonlySet<string> };

/** From here on an answer is offered as one. */
const leastConfidence = 0.5;

/**
 * Logistic regressions over the shown half of the household's questions: those that are answered among the first five, those that nothing
 * answers, and the former once more with their answers taken out. docs/lab/not-there.md has what they reach on the half set aside.
 */
export const withVectors: SignWeights = {
  constant: -4.5,
  coverage: 5.74,
  name: 10.4,
  peak: 3.95,
  agreement: 0.78,
};
const wordsAlone: SignWeights = { constant: -2.9, coverage: 6.03, name: 11.2, peak: 0, agreement: 0 };
/** The document that stands for the crowd: the first few may all answer. */
const crowdRank = 5;

export function judgeAnswer(evidence: AnswerEvidence): AnswerJudgement {
  const weights = evidence.dense ? withVectors : wordsAlone;
  const standings = standingsOf(evidence);
  const { words, names, meaning, crowd } = standings;
  const certain = new Set<string>();
  for (const id of new Set([...words.keys(), ...names.keys(), ...meaning.keys()])) {
    const agreement = meaning.get(id) ?? 0;
    const peak = Math.max(0, agreement - crowd);
    const signs = { coverage: words.get(id) ?? 0, name: names.get(id) ?? 0, peak, agreement };
    if (confidenceOf(signs, weights) >= leastConfidence) certain.add(id);
  }
  return { confidence: confidenceOf(signsOf(evidence, standings), weights), certain };
}

/** Weak signs of several kinds count together, whichever document each of them speaks for. */
export function signsOf(
  evidence: AnswerEvidence,
  { words, names, meaning, crowd } = standingsOf(evidence),
): AnswerSigns {
  // Best first.
  const [[bestByWords, coverage] = ['', 0]] = words;
  const [standing = 0] = meaning.values();
  return {
    coverage,
    name: Math.max(0, ...names.values()),
    peak: Math.max(0, standing - crowd),
    agreement: meaning.get(bestByWords) ?? 0,
  };
}

/** 0…1. */
export function confidenceOf(signs: AnswerSigns, weights: SignWeights): number {
  const sum =
    weights.constant +
    weights.coverage * signs.coverage +
    weights.name * signs.name +
    weights.peak * signs.peak +
    weights.agreement * signs.agreement;
  return 1 / (1 + Math.exp(-sum));
}

/** By document, best first: how much of the question its best passage holds, how much its name, and where it stands by meaning. */
function standingsOf({ lexical, ceiling, dense, named }: AnswerEvidence) {
  const meaning = placesInList(dense ?? []);
  return {
    words: bestByDocument(lexical, (score) => (ceiling > 0 ? score / ceiling : 0)),
    names: new Map(named.map((document) => [document.documentId, nameWorth(document)])),
    meaning,
    crowd: [...meaning.values()][Math.min(crowdRank, meaning.size - 1)] ?? 0,
  };
}

/** The answer as a client gets it. */
export function withJudgement(
  groups: readonly SearchGroup[],
  { confidence, certain }: AnswerJudgement,
): Pick<SearchResponse, 'confidence' | 'confident'> & { groups: SearchGroup[] } {
  const confident = confidence >= leastConfidence && groups.length > 0;
  // Where all signs together are enough, the first document is what they speak for. Nothing stands above what it is more certain than.
  const first = groups.findIndex(({ document }, index) => index > 0 && !certain.has(document.id));
  const count = !confident ? 0 : first < 0 ? groups.length : first;
  return {
    groups: groups.map((group, index) => ({ ...group, certain: index < count })),
    confidence,
    confident,
  };
}

/** Of each document its best passage, best first. */
function bestByDocument(
  found: readonly FoundChunk[],
  placeOf: (score: number) => number,
): Map<string, number> {
  const best = new Map<string, number>();
  for (const { documentId, score } of found) {
    if (!best.has(documentId)) best.set(documentId, placeOf(score));
  }
  return best;
}

/** Where each document stands between the last passage of the list (0) and the first (1), best first. */
function placesInList(dense: readonly FoundChunk[]): Map<string, number> {
  const lowest = dense.at(-1)?.score ?? 0;
  const span = (dense[0]?.score ?? 0) - lowest;
  return bestByDocument(dense, (score) => (span > 0 ? (score - lowest) / span : 0));
}
