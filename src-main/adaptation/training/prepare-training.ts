/**
 * Divides the documents into three sets that share none (to train on, to validate on, held out for the evaluation)
 * and makes training examples from the first two.
 */
import { setImmediate } from 'node:timers/promises';
import { type Random, seededRandom, shuffled } from '../../common/seeded-random.ts';
import { wordsOf } from '../../common/texts/words-of.ts';
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import {
  type AdaptationDocument,
  type DocumentPassage,
  passageOffsets,
  passagesOf,
} from '../adaptation-document.ts';
import type { AdaptationInput } from '../adaptation-input.ts';
import { addLexicalNegatives } from '../pairs/add-lexical-negatives.ts';
import { PairBuilder } from '../pairs/pair-builder.ts';
import { shortenQuery } from '../pairs/shorten-query.ts';
import { splitDocuments } from '../pairs/split-documents.ts';
import type { PairKind, TrainingPair } from '../pairs/training-pair.ts';

export type PreparedTraining = {
  examples: TrainingExample[];
  validation: TrainingExample[];
  /**
   * What queries are compared with: training's first, then those of documents that validate. `passage` of an example is an index into them.
   * Those of documents held out are not among them: as wrong answers to every question they would be pushed away, in the held-out evaluation and for good.
   */
  passages: readonly DocumentPassage[];
  /** How many of them training compares with. */
  trainingPassages: number;
  trainingDocuments: AdaptationDocument[];
  /** Examples that ask how much neighbours should count, in a random order: about as many of each kind that asks in a passage's own words. */
  neighbourQuestions: number[];
  /** Never trained on nor validated on: the held-out evaluation's questions come from these. */
  heldOut: AdaptationDocument[];
};

/** As many as all steps of a run ask for; where one round of questions to every passage gives fewer, other ones are drawn. */
const maxExamples = 20_480;
const maxRounds = 12;
/** Each query is compared with all of them at every step; documents beyond, drawn at random, are not trained on. */
export const maxPassages = 8192;
/** One document must not crowd out the others. */
const maxPassagesOfDocument = maxPassages / 8;
/** How many of a kind's pairs a round uses; the table of kinds is in docs/adaptation.md. Feedback is scarce and always used. */
const shareUsed: Readonly<Record<PairKind, number>> = {
  excerpt: 1,
  heading: 0.15,
  keywords: 0.15,
  halves: 0.08,
  sentence: 0.08,
  next: 0.03,
  feedback: 1,
};
const neighbourKinds: readonly PairKind[] = ['heading', 'sentence', 'halves', 'excerpt'];
/** So many that a difference of half a percent is told from chance. */
const maxNeighbourQuestionsOfKind = 1000;
const validationShare = 0.08;
/** They are lost to training, and a few dozen hold more questions than are asked. */
const maxValidationDocuments = 48;
const maxValidationExamples = 128;

export function splitForTraining(documents: readonly AdaptationDocument[], seed: number) {
  const { training, heldOut } = splitDocuments(documents, seed);
  const order = withinPassages(shuffled(training, seededRandom(`validation ${seed}`)));
  const validationCount = Math.min(maxValidationDocuments, Math.ceil(order.length * validationShare));
  return { training: order.slice(validationCount), validation: order.slice(0, validationCount), heldOut };
}

/** In their order; a long document, or the one that finds no more room, gives its first passages. */
function withinPassages(documents: readonly AdaptationDocument[]): AdaptationDocument[] {
  let room = maxPassages;
  return documents.flatMap((document) => {
    const chunks = document.chunks.slice(0, Math.min(room, maxPassagesOfDocument));
    room -= chunks.length;
    if (chunks.length === 0) return [];
    return [chunks.length === document.chunks.length ? document : { ...document, chunks }];
  });
}

/** Between two documents, after so long, searches get their turn. */
const sliceMs = 10;

/** Pairs before negatives are mined, which a plan can do without. */
export async function drawPairs(
  documents: readonly AdaptationDocument[],
  input: AdaptationInput,
): Promise<TrainingPair[]> {
  const { seed } = input.request;
  const builder = new PairBuilder(documents);
  const drawn: TrainingPair[] = [];
  const feedback = feedbackPairs(documents, input);
  let round = 0;
  let sliceStart = performance.now();
  for (; round < maxRounds && drawn.length < maxExamples; round++) {
    const random = seededRandom(`round ${round} ${seed}`);
    for (const pairs of builder.byDocument({ seed: `${seed} ${round}`, shares: shareUsed })) {
      for (const pair of pairs) drawn.push(asTyped(pair, random));
      if (performance.now() - sliceStart < sliceMs) continue;
      await setImmediate();
      sliceStart = performance.now();
    }
  }
  const kept = shuffled(drawn, seededRandom(`pairs ${seed}`)).slice(0, maxExamples);
  // As often as a passage's other questions.
  return [...kept, ...Array.from({ length: round }, () => feedback).flat()];
}

/** With a query as short as those that people type; excerpts and keywords are made so. */
function asTyped(pair: TrainingPair, random: Random): TrainingPair {
  if (pair.kind === 'excerpt' || pair.kind === 'keywords') return pair;
  return { ...pair, query: shortenQuery(pair.query, random) };
}

export async function prepareTraining(
  input: AdaptationInput,
  options: { negatives: boolean; signal?: AbortSignal },
): Promise<PreparedTraining> {
  const { seed } = input.request;
  const { training, validation, heldOut } = splitForTraining(input.documents, seed);
  let pairs = await drawPairs(training, input);
  if (options.negatives) pairs = await addLexicalNegatives(pairs, training, { seed, signal: options.signal });
  const trainingPassages = training.reduce((sum, { chunks }) => sum + chunks.length, 0);
  const random = seededRandom(`validation pairs ${seed}`);
  const validating = shuffled(new PairBuilder(validation, trainingPassages).build({ seed }), random).map(
    (pair) => asTyped(pair, random),
  );
  return {
    examples: pairs,
    validation: validating.slice(0, maxValidationExamples),
    passages: [...training, ...validation].flatMap(passagesOf),
    trainingPassages,
    trainingDocuments: training,
    neighbourQuestions: drawNeighbourQuestions(pairs, seed),
    heldOut,
  };
}

function drawNeighbourQuestions(pairs: readonly TrainingPair[], seed: number): number[] {
  const drawn = neighbourKinds.flatMap((kind) =>
    pairs.flatMap((pair, index) => (pair.kind === kind ? index : [])).slice(0, maxNeighbourQuestionsOfKind),
  );
  return shuffled(drawn, seededRandom(`neighbours ${seed}`));
}

/** Only passages of documents that training may see. */
function feedbackPairs(documents: readonly AdaptationDocument[], input: AdaptationInput): TrainingPair[] {
  const known = new Map(documents.map((document) => [document.documentId, document]));
  const offsets = passageOffsets(documents);
  return (input.feedback ?? [])
    .filter(({ documentId, query, text }) => known.has(documentId) && query.trim() && text.trim())
    .map(({ documentId, query, text }) => ({
      kind: 'feedback',
      group: documentId,
      passage:
        (offsets.get(documentId) as number) + likestChunk(known.get(documentId) as AdaptationDocument, text),
      query,
      positive: text,
      following: null,
      negative: null,
    }));
}

/** The document may have been indexed anew since: the passage that shares most words with the text. */
function likestChunk({ chunks }: AdaptationDocument, text: string): number {
  const words = new Set(wordsOf(text));
  const shared = chunks.map(
    ({ text: other }) => new Set(wordsOf(other).filter((word) => words.has(word))).size,
  );
  return shared.indexOf(Math.max(...shared));
}
