/**
 * A question to a library and its answer: read the question, narrow, retrieve by words and by vectors, rank documents, show
 * passages. It holds no state; a missing or failing encoder makes it answer by words alone, with a notice.
 */
import type { Document } from '../contract/libraries.ts';
import type { SearchGroup, SearchRequest, SearchResponse, SearchTiming } from '../contract/search.ts';
import type { AskedName } from '../library/manifest/name-index.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import { analyseQuestion } from '../words/analyse-question.ts';
import { findNewest } from './answers/find-newest.ts';
import { type FamiliesOf, foldCopies } from './answers/fold-copies.ts';
import { judgeAnswer, withJudgement } from './answers/judge-answer.ts';
import { encodeQuestion, notAllEmbedded, type QuestionEncoding } from './encode-question.ts';
import { expandQuery, feedbackCount } from './expand-query.ts';
import { withinDocument } from './filters/condition.ts';
import { liftNamed, maxNamed, type NamedDocument, nameWorth } from './lift-named.ts';
import { type DocumentsWhere, type Narrowing, narrow, narrowByFilters } from './narrowing.ts';
import { supportByNeighbours, supportDepth } from './neighbour-support.ts';
import { presentGroups } from './present-groups.ts';
import { type ParsedQuery, parseQuery } from './query-syntax.ts';
import { type RankedDocument, type RankedPassage, rankDocuments, rankPassages } from './rank-documents.ts';
import { retrieveByVector, retrieveByWords } from './retrieve.ts';
import { unknownLanguage } from './unknown-language.ts';
import { wordWeight } from './word-weight.ts';
import type { RelatedWords } from './words/related-words.ts';
import {
  correctedText,
  type Spelling,
  type WeighedQuestion,
  type WeighedWord,
  weighQuestion,
} from './words/weigh-question.ts';
import { widenWords } from './words/widen-words.ts';

export type SearchContext = QuestionEncoding & {
  set: ChunkSet;
  /** Only passages of this document are looked for. */
  onlyDocument?: string;
  /** Documents whose names hold some of the words, best first. */
  named?: (question: string, asked: readonly AskedName[]) => readonly NamedDocument[];
  /** Words of the library that mean nearly the same as one of the question; without it a question finds its own words alone. */
  related?: RelatedWords | undefined;
  /** Words of the library that a mistyped one may have been meant to be. */
  spelling?: Spelling;
  /** Which documents meet a condition on what the manifest knows of them; without it such a condition is met by none. */
  documentsWhere?: DocumentsWhere;
  /** Which documents are copies of one another; without it none are. */
  familiesOf?: FamiliesOf;
  /** Those of the ids that the library knows, in any order. */
  documents: (ids: string[]) => readonly Document[] | Promise<readonly Document[]>;
};

/** Passages per retriever. More changes the first ten documents no more, see docs/search.md. */
const minDepth = 150;

export async function searchLibrary(
  context: SearchContext,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchResponse> {
  const startedAtMs = performance.now();
  const timing: SearchTiming = {
    parseMs: 0,
    encodeMs: 0,
    lexicalMs: 0,
    denseMs: 0,
    fuseMs: 0,
    presentMs: 0,
    totalMs: 0,
  };
  const parsed = await timed(timing, 'parseMs', () => parseQuery(request.query));
  if (context.onlyDocument !== undefined)
    parsed.condition = withinDocument(parsed.condition, context.onlyDocument);
  const answer = parsed.text
    ? await rankedAnswer(context, request, parsed, timing, signal)
    : { mode: request.mode, groups: await unrankedAnswer(context, request, parsed, timing) };
  timing.totalMs = performance.now() - startedAtMs;
  return { ...answer, notices: parsed.notices, timing };
}

async function rankedAnswer(
  context: SearchContext,
  request: SearchRequest,
  parsed: ParsedQuery,
  timing: SearchTiming,
  signal?: AbortSignal,
): Promise<Pick<SearchResponse, 'mode' | 'groups' | 'confidence' | 'confident'>> {
  const { set } = context;
  // The question is encoded while its words are weighed and looked up.
  const encode = async (asked: Pick<ParsedQuery, 'text' | 'notices'>) =>
    request.mode === 'lexical'
      ? null
      : await timed(timing, 'encodeMs', () => encodeQuestion(context, asked, signal));
  let encoding = encode(parsed);
  encoding.catch(() => {}); // Reported where it is awaited below.
  const narrowing = await timed(timing, 'parseMs', () => narrow(set, parsed, context.documentsWhere));
  parsed.notices.push(...narrowing.notices);
  const depth = Math.max(minDepth, request.limit * 4);
  const question = await timed(timing, 'parseMs', () => {
    return weighQuestion(analyseQuestion(parsed.text, set.languages), set, context.spelling);
  });
  const corrected = correctedText(parsed.text, question);
  if (corrected !== parsed.text) {
    parsed.notices.push(`Nothing holds some words as they were typed. “${corrected}” was searched for.`);
    encoding = encode({ ...parsed, text: corrected });
    encoding.catch(() => {});
  }
  const searchWords = () =>
    timed(timing, 'lexicalMs', () => retrieveByWords(set, question, narrowing, depth));
  const byWords = request.mode === 'dense' ? null : searchWords();
  byWords?.catch(() => {}); // Reported where it is awaited below.
  const vector = await encoding;
  signal?.throwIfAborted();
  const searchVectors = (wanted: Float32Array) =>
    timed(timing, 'denseMs', () => retrieveByVector(set, wanted, narrowing, depth));
  const nearest = vector ? await searchVectors(vector) : [];
  let dense = nearest;
  const lexical = byWords ? await byWords : vector ? [] : await searchWords();
  const { encoder } = context;
  const stranger =
    encoder && vector && request.mode === 'hybrid' ? unknownLanguage(parsed.text, encoder.languages) : null;
  if (encoder && stranger) {
    parsed.notices.push(
      `The encoder ${encoder.name} does not know ${stranger}, so words decide. Another encoder, under Models, may.`,
    );
  }
  const asTyped = { question, found: lexical };
  const words = await timed(timing, 'lexicalMs', () =>
    widenWords(asTyped, {
      set,
      related: vector && request.mode === 'hybrid' && !stranger ? context.related : undefined,
      search: (widened) => retrieveByWords(set, widened, narrowing, depth),
      signal,
    }),
  );
  const fusion = {
    depth,
    wordWeight: stranger ? 1 : wordWeight(words.found[0]?.score ?? 0, question.ceiling),
    hasVector: ({ documentId }: FoundChunk) => set.isEmbedded(documentId),
  };
  if (vector && words.found.length > 0) {
    signal?.throwIfAborted();
    const first = rankPassages(words.found, dense, fusion).slice(0, feedbackCount);
    const feedback = await timed(timing, 'denseMs', () => set.vectorsOf(first.map(({ found }) => found)));
    dense = await searchVectors(expandQuery(vector, feedback));
  }
  if (vector && set.isPartlyEmbedded && request.mode === 'dense') {
    parsed.notices.push(notAllEmbedded(set));
  }
  signal?.throwIfAborted();
  let passages = await timed(timing, 'fuseMs', () => rankPassages(words.found, dense, fusion));
  if (vector && words.found.length > 0) passages = await withNeighbours(context, passages, timing);
  const named = request.mode === 'dense' ? [] : namedDocuments(context, parsed, question);
  passages = await withNamed(context, parsed, named, narrowing, passages, timing);
  signal?.throwIfAborted();
  const ranked = await timed(timing, 'fuseMs', () => rankDocuments(passages));
  const groups = await present(context, request, words.question.words, ranked, timing);
  const mode = vector ? request.mode : 'lexical';
  if (mode === 'dense') return { mode, groups };
  const isWhole = vector !== null && !set.isPartlyEmbedded && stranger === null;
  const { ceiling } = question;
  const judgement = judgeAnswer({ lexical, ceiling, dense: isWhole ? nearest : null, named });
  return { mode, ...withJudgement(groups, judgement) };
}

/** As they are where nothing was learnt about neighbours, or a passage went away meanwhile. */
async function withNeighbours(
  { set, encoder }: SearchContext,
  passages: RankedPassage[],
  timing: SearchTiming,
): Promise<RankedPassage[]> {
  const weight = encoder?.neighbourWeight ?? 0;
  if (weight === 0) return passages;
  const first = passages.slice(0, supportDepth).map(({ found }) => found);
  const vectors = await timed(timing, 'denseMs', () => set.vectorsOf(first));
  if (vectors.length < first.length) return passages;
  return await timed(timing, 'fuseMs', () => supportByNeighbours(passages, vectors, weight));
}

function namedDocuments(
  { named }: SearchContext,
  parsed: ParsedQuery,
  question: WeighedQuestion,
): NamedDocument[] {
  const asked = question.words.filter(({ isGrammar }) => !isGrammar);
  const documents = named?.(parsed.text, asked) ?? [];
  return documents.slice(0, maxNamed).filter((document) => nameWorth(document) > 0);
}

/** A phrase or a word that must not be there is asked of passages, so no document comes in by its name alone then. */
async function withNamed(
  { set, documents: documentsOf }: SearchContext,
  parsed: ParsedQuery,
  documents: readonly NamedDocument[],
  narrowing: Narrowing,
  passages: RankedPassage[],
  timing: SearchTiming,
): Promise<RankedPassage[]> {
  if (documents.length === 0) return passages;
  const isOfPassages =
    parsed.phrases.length + parsed.excludedPhrases.length + parsed.excludedWords.length > 0;
  const ids = isOfPassages ? [] : documents.map(({ documentId }) => documentId);
  const first = await timed(timing, 'lexicalMs', () => set.findFirst(ids, narrowing.where));
  for (const [id, found] of first) if (!narrowing.accepts(found)) first.delete(id);
  // What filters ask of passages nobody knows of a document that has none.
  const others = narrowing.where === null ? ids.filter((id) => !first.has(id)) : [];
  const withoutText = others.length === 0 ? [] : await documentsOf(others);
  const unread = withoutText.filter(({ chunkCount }) => chunkCount === 0).map(({ id }) => id);
  return await timed(timing, 'fuseMs', () => liftNamed(passages, documents, first, new Set(unread)));
}

/** A question without words, such as `type:pdf after:2024`, lists what it narrows to, the newest first. */
async function unrankedAnswer(
  context: SearchContext,
  request: SearchRequest,
  parsed: ParsedQuery,
  timing: SearchTiming,
): Promise<SearchGroup[]> {
  if (parsed.excludedWords.length + parsed.excludedPhrases.length > 0) {
    parsed.notices.push('A search needs something to look for, besides what to leave out.');
    return [];
  }
  const { where, onlyDocuments } = await timed(timing, 'parseMs', () =>
    narrowByFilters(context.set, parsed, context.documentsWhere, parsed.notices),
  );
  if (!where && !onlyDocuments) return [];
  const rows = await timed(timing, 'lexicalMs', () =>
    // Copies among them are folded.
    findNewest(context.set, where ?? 'true', onlyDocuments, request.limit * 2),
  );
  const score = { fused: 0, lexical: null, lexicalRank: null, dense: null, denseRank: null };
  const ranked = rows.map(({ chunkId, documentId }) => {
    const found = { chunkId, documentId, score: 0, words: null };
    return { documentId, score: 0, passages: [{ found, score }] };
  });
  return await present(context, request, [], ranked, timing);
}

const present = (
  { set, documents, familiesOf }: SearchContext,
  { limit, passagesPerDocument, foldCopies: isFolded = true }: SearchRequest,
  words: readonly WeighedWord[],
  ranked: readonly RankedDocument[],
  timing: SearchTiming,
): Promise<SearchGroup[]> =>
  timed(timing, 'presentMs', () =>
    presentGroups({
      ...{ set, words, documents, limit, passagesPerDocument },
      ranked: familiesOf && isFolded ? foldCopies(ranked, limit, familiesOf) : ranked,
    }),
  );

async function timed<Result>(
  timing: SearchTiming,
  stage: keyof SearchTiming,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const startedAtMs = performance.now();
  try {
    return await work();
  } finally {
    timing[stage] += performance.now() - startedAtMs;
  }
}
