/** A question with words: retrieve by words and by vectors, fuse, rank documents, show passages, and judge the answer. */
import type { SearchRequest, SearchResponse, SearchTiming } from '../contract/search.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import { middleOfWindows } from '../store/tables/packed-windows.ts';
import { analyseQuestion } from '../words/analyse-question.ts';
import { judgeAnswer, withJudgement } from './answers/judge-answer.ts';
import { encodeQuestion, notAllEmbedded } from './encode-question.ts';
import { type Narrowing, narrow } from './narrowing.ts';
import { presentAnswer } from './present-answer.ts';
import type { ParsedQuery } from './query-syntax.ts';
import { expandQuery } from './ranking/expand-query.ts';
import { liftNamed, maxNamed, type NamedDocument, nameWorth } from './ranking/lift-named.ts';
import { supportByNeighbours, supportDepth } from './ranking/neighbour-support.ts';
import { rankByWindows } from './ranking/rank-by-windows.ts';
import { type RankedPassage, rankDocuments, rankPassages } from './ranking/rank-documents.ts';
import { rankingSettings } from './ranking/ranking-settings.ts';
import { secondLook } from './ranking/second-look.ts';
import { wordWeight } from './ranking/word-weight.ts';
import { retrieveByVector, retrieveByWords } from './retrieve.ts';
import { type SearchContext, timed } from './search-context.ts';
import { unknownLanguage } from './unknown-language.ts';
import { correctedText, type WeighedQuestion, weighQuestion } from './words/weigh-question.ts';
import { widenWords } from './words/widen-words.ts';

export async function rankedAnswer(
  context: SearchContext,
  request: SearchRequest,
  parsed: ParsedQuery,
  timing: SearchTiming,
  signal?: AbortSignal,
): Promise<Pick<SearchResponse, 'mode' | 'groups' | 'confidence' | 'confident'>> {
  const { set, ranking = rankingSettings } = context;
  const awaitsVectors = request.mode === 'hybrid' && hasNoVectorsYet(context);
  // The question is encoded while its words are weighed and looked up.
  const encode = async (asked: Pick<ParsedQuery, 'text' | 'notices'>) =>
    request.mode === 'lexical' || awaitsVectors
      ? null
      : await timed(timing, 'encodeMs', () => encodeQuestion(context, asked, signal));
  let encoding = encode(parsed);
  encoding.catch(() => {}); // Reported where it is awaited below.
  const narrowing = await timed(timing, 'parseMs', () => narrow(set, parsed, context.documentsWhere));
  parsed.notices.push(...narrowing.notices);
  const depth = Math.max(ranking.depth, request.limit * 4);
  const question = await timed(timing, 'parseMs', () => {
    return weighQuestion(analyseQuestion(parsed.text, set.languages), set, context.spelling);
  });
  const corrected = correctedText(parsed.text, question);
  if (corrected !== parsed.text) {
    parsed.notices.push(`Nothing holds some words as they were typed. “${corrected}” was searched for.`);
    encoding = encode({ ...parsed, text: corrected });
    encoding.catch(() => {});
  }
  const { encoder } = context;
  const isHybrid = request.mode === 'hybrid';
  const stranger = encoder && isHybrid ? unknownLanguage(parsed.text, encoder.info.languages) : null;
  const searchWords = (asked: WeighedQuestion) =>
    timed(timing, 'lexicalMs', () => retrieveByWords(set, asked, narrowing, depth));
  const asTyped = request.mode === 'dense' ? null : searchWords(question);
  // Words of like meaning are looked up while vectors are searched.
  const widened = asTyped?.then((found) =>
    widenWords(
      { question, found },
      {
        passageTotal: set.passageTotal,
        related: encoder && isHybrid && !stranger ? context.related : undefined,
        search: searchWords,
        signal,
      },
    ),
  );
  widened?.catch(() => {}); // Reported where it is awaited below.
  const vector = await encoding;
  signal?.throwIfAborted();
  const searchVectors = (wanted: Float32Array, withWindows: boolean) =>
    timed(timing, 'denseMs', () => retrieveByVector(set, wanted, narrowing, { depth, withWindows }));
  // Parts of passages order the last list alone: reading them takes some milliseconds.
  const nearest = vector ? await searchVectors(vector, !isHybrid) : [];
  const lexical = (await asTyped) ?? (vector ? [] : await searchWords(question));
  if (encoder && (vector || awaitsVectors) && stranger) {
    parsed.notices.push(
      `The encoder ${encoder.info.name} does not know ${stranger}, so words decide. Another encoder, under Models, may.`,
    );
  }
  // Without the question's vector the encoder failed, and the words as typed decide.
  const words = (vector && (await widened)) || { question, found: lexical };
  const fusion = {
    depth: ranking.depth,
    wordWeight: stranger
      ? 1
      : wordWeight(words.found[0]?.score ?? 0, question.ceiling, ranking.wordWeighting),
    hasVector: ({ documentId }: FoundChunk) => set.isEmbedded(documentId),
  };
  let dense: FoundChunk[] = [];
  if (vector && isHybrid) {
    signal?.throwIfAborted();
    const first = words.found.length > 0 ? rankPassages(words.found, nearest, fusion) : [];
    const sources = first.slice(0, ranking.feedback.count).map(({ found }) => found);
    const feedback = await timed(timing, 'denseMs', () => set.vectorsOf(sources));
    const moved = expandQuery(vector, feedback, ranking.feedback.weight);
    dense = rankByWindows(await searchVectors(moved, true), vector, ranking);
  } else if (vector) {
    dense = rankByWindows(nearest, vector, ranking);
  }
  if (vector && set.isPartlyEmbedded && request.mode === 'dense') {
    parsed.notices.push(notAllEmbedded(set));
  }
  signal?.throwIfAborted();
  let passages = await timed(timing, 'fuseMs', () => rankPassages(words.found, dense, fusion));
  if (vector && words.found.length > 0) passages = await withNeighbours(context, passages, timing);
  const named = request.mode === 'dense' ? [] : namedDocuments(context, parsed, question);
  const asked = { request, parsed: { ...parsed, text: corrected }, named };
  if (vector) passages = await secondLook(context, asked, passages, timing, signal);
  passages = await withNamed(context, parsed, named, narrowing, passages, timing);
  signal?.throwIfAborted();
  const ranked = await timed(timing, 'fuseMs', () => rankDocuments(passages));
  const groups = await presentAnswer(context, request, words.question.words, ranked, timing);
  const mode = vector || awaitsVectors ? request.mode : 'lexical';
  if (mode === 'dense') return { mode, groups };
  const isWhole = vector !== null && !set.isPartlyEmbedded && !stranger;
  const { ceiling } = question;
  const evidence = { lexical, ceiling, dense: isWhole ? nearest : null, named };
  context.onEvidence?.(evidence);
  const judgement = judgeAnswer(evidence);
  return { mode, ...withJudgement(groups, judgement) };
}

/** While a library is read for the first time, a question's vector would be compared with nothing: reading gets the time that it takes. */
function hasNoVectorsYet({ set, encoder }: SearchContext): boolean {
  return encoder !== null && set.dimension === encoder.dimension && set.embeddedCount === 0;
}

/** As they are where neighbours count for nothing, or a passage went away meanwhile. */
async function withNeighbours(
  { set, ranking = rankingSettings, neighbourWeight = ranking.neighbours }: SearchContext,
  passages: RankedPassage[],
  timing: SearchTiming,
): Promise<RankedPassage[]> {
  if (neighbourWeight === 0) return passages;
  const first = passages.slice(0, supportDepth);
  const vectors = await timed(timing, 'denseMs', () => passageVectors(set, first));
  if (vectors.length < first.length) return passages;
  return await timed(timing, 'fuseMs', () => supportByNeighbours(passages, vectors, neighbourWeight));
}

/** Those that vectors found have the middle of their parts for a vector, which is there already; the others' are read. Fewer where one went away. */
async function passageVectors(set: ChunkSet, passages: readonly RankedPassage[]): Promise<Float32Array[]> {
  const middles = passages.map(({ windows }) => (windows ? middleOfWindows(windows, set.dimension) : null));
  const others = passages.flatMap(({ found }, index) => (middles[index] ? [] : found));
  const read = others.length > 0 ? await set.vectorsOf(others) : [];
  return middles.flatMap((middle) => middle ?? read.shift() ?? []);
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
