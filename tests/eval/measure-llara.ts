/**
 * Prints the table of docs/lab/llara-on-a-language-model.md: what a plain language model finds by meaning after it has learnt a collection's
 * documents by each method, from the same start and with the same number of tokens, pooling one token or eight. Usage:
 *
 *   npm run node -- tests/eval/measure-llara.ts MODEL.gguf COLLECTION WORK_FOLDER [--documents N] [--questions N] [--tokens N]
 *     [--methods NAME,NAME] [--pooling 1,8] [--learning-rate N] [--precision half|stored] [--seed N] [--threads N] [--beside ENCODER.gguf]
 *
 * It fetches nothing. MODEL.gguf is a language model of the llama architecture, such as SmolLM2-135M-Instruct; COLLECTION a folder in BEIR layout, whose
 * questions and judgements are read for measuring alone. A budget in tokens gives the same figures on a busy machine. Training is the product's own,
 * with its parts for validation and for the held-out test set aside; instead of the latter, the collection's questions judge, asked of all documents. Each
 * line is printed as it comes and kept in WORK_FOLDER, the figures also as `results.json`. `--beside` asks an encoder the same, as it is.
 */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AdaptationDocument } from '../../src-main/adaptation/adaptation-document.ts';
import { planStage } from '../../src-main/adaptation/plan-stages.ts';
import { prepareTraining } from '../../src-main/adaptation/training/prepare-training.ts';
import { readingExamples } from '../../src-main/adaptation/training/reading-examples.ts';
import { type Stage, stagesOf } from '../../src-main/adaptation/training/stages.ts';
import { TimeBudget } from '../../src-main/adaptation/training/time-budget.ts';
import { type TrainedStage, trainStages } from '../../src-main/adaptation/training/train-stages.ts';
import { chunkDocument } from '../../src-main/library/passages/chunk-document.ts';
import { passageText } from '../../src-main/library/passages/passage-text.ts';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import { fileId } from '../../src-main/llara/file-id.ts';
import { bothSidesSettings } from '../../src-main/llara/training/loop/training-settings.ts';
import { type BeirCollection, loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../src-main/search/evaluation/corpus-to-documents.ts';
import { ndcg, reciprocalRank } from '../../src-main/search/evaluation/retrieval-measures.ts';
import { partOfCollection } from './language-model/part-of-collection.ts';
import { withPrompts } from './language-model/with-prompts.ts';
import { rankDocuments } from './support/rank-documents.ts';

const methods = ['before', 'contrastive', 'llara', 'llara+contrastive', 'at-once'] as const;
type Method = (typeof methods)[number];

/** Of all three losses in one stage: EBAE and EBAR at the weight that the released code gives them. */
const atOnce = { ...bothSidesSettings.objective, ebae: 0.05, ebar: 0.05 };

const unlimitedSeconds = 1e6;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    documents: { type: 'string', default: '200' },
    questions: { type: 'string', default: '400' },
    tokens: { type: 'string', default: '30000' },
    methods: { type: 'string', default: methods.join(',') },
    pooling: { type: 'string', default: '8,1' },
    'learning-rate': { type: 'string', default: `${bothSidesSettings.learningRate}` },
    precision: { type: 'string', default: 'stored' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    beside: { type: 'string' },
  },
});
const [modelFile, directory, workFolder] = positionals;
if (!modelFile || !directory || !workFolder)
  throw new Error('Usage: measure-llara.ts MODEL.gguf COLLECTION WORK_FOLDER, see the head of the file.');
const seed = Number(values.seed);
const threads = Number(values.threads);
const chosen = values.methods
  .split(',')
  .filter(Boolean)
  .map((name) => {
    const method = methods.find((known) => known === name);
    if (!method) throw new Error(`There is no method ${name}: they are ${methods.join(', ')}.`);
    return method;
  });

/** As build/documents/lab-tables reads them. */
const results: object[] = [];
await mkdir(workFolder, { recursive: true });
const collection = partOfCollection(await loadBeirCollection(directory), {
  documents: Number(values.documents),
  questions: Number(values.questions),
  seed,
});
await say(
  `${collection.name}: ${collection.corpus.length} documents, ${collection.queries.length} questions, ${values.tokens} tokens of training, learning rate ${values['learning-rate']}, ${values.precision}, seed ${seed}`,
);
await say('| pooled tokens | method | steps | tokens | tokens/s | nDCG@10 | MRR@10 |');
await say('| --- | --- | --- | --- | --- | --- | --- |');
if (values.beside)
  await measure('–', basename(values.beside), values.beside, await readDocuments(values.beside), []);
for (const pooledTokens of values.pooling.split(',').map(Number)) {
  const modelPath = join(workFolder, `pooling-${pooledTokens}-${basename(modelFile)}`);
  await withPrompts(modelFile, modelPath, pooledTokens);
  const documents = await readDocuments(modelPath);
  for (const method of chosen) {
    const trained = method === 'before' ? [] : await train(method, modelPath, documents);
    if (trained.length === 0) await measure(pooledTokens, 'before', modelPath, documents, []);
    for (const [index, stage] of trained.entries()) {
      const isLast = index === trained.length - 1;
      const name = isLast ? method : `${method}, after ${stage.stage}`;
      await measure(pooledTokens, name, modelPath, documents, trained.slice(0, index + 1));
    }
  }
}

/** Cut into passages as the product cuts them. */
async function readDocuments(modelPath: string): Promise<AdaptationDocument[]> {
  const encoder = await createTextEncoder({ modelPath, device: 'cpu', threads });
  try {
    return corpusToDocuments(collection).map(({ id, document }) => ({
      documentId: id,
      title: document.title,
      chunks: chunkDocument(document, (texts) => encoder.countTokens(texts)),
    }));
  } finally {
    await encoder.dispose();
  }
}

async function train(
  method: Exclude<Method, 'before'>,
  modelPath: string,
  documents: readonly AdaptationDocument[],
): Promise<TrainedStage[]> {
  const workDirectory = join(workFolder!, `${Date.now()}`);
  await mkdir(workDirectory, { recursive: true });
  const request = { budgetSeconds: unlimitedSeconds, device: 'cpu', threads, seed };
  const changes = {
    learningRate: Number(values['learning-rate']),
    ...(method === 'at-once' ? { objective: atOnce } : {}),
  };
  const prepared = await prepareTraining({ documents, modelPath, request }, { negatives: false });
  const stages = stagesOf(method === 'at-once' ? 'contrastive' : method, {
    isLanguageModel: true,
    changes,
  }).map((stage) => {
    const examples =
      stage.name === 'llara' ? readingExamples(prepared.trainingDocuments, seed) : prepared.examples;
    const { tokensPerStep } = planStage(stage, examples, { kind: 'last', count: 1 });
    const maxSteps = Math.round((stage.share * Number(values.tokens)) / tokensPerStep);
    return { ...stage, settings: { ...stage.settings, maxSteps } };
  }) as [Stage, ...Stage[]];
  return await trainStages(
    {
      modelPath,
      request,
      workDirectory,
      onLog: (line) => console.error(line),
      onPoint: ({ step, totalSteps, loss, validation }) =>
        console.error(`${step}/${totalSteps} ${loss.toFixed(3)} ${validation?.toFixed(3) ?? ''}`),
    },
    {
      modelId: await fileId(modelPath),
      stages,
      prepared,
      banks: undefined,
      library: undefined,
      budget: new TimeBudget(unlimitedSeconds),
      precision: values.precision === 'half' ? 'half' : 'stored',
    },
    () => {},
  );
}

async function measure(
  pooledTokens: number | '–',
  name: string,
  modelPath: string,
  documents: readonly AdaptationDocument[],
  stages: readonly TrainedStage[],
): Promise<void> {
  const encoder = await createTextEncoder({
    modelPath,
    adapterPath: stages.at(-1)?.adapterPath,
    device: 'cpu',
    threads,
  });
  try {
    const passages = documents.flatMap(({ documentId, chunks }) =>
      chunks.map((chunk) => ({ documentId, text: passageText(chunk) })),
    );
    const vectors = await encoder.encode(
      passages.map(({ text }) => text),
      'passage',
    );
    const questions = await encoder.encode(
      collection.queries.map(({ text }) => text),
      'query',
    );
    const ids = passages.map(({ documentId }) => documentId);
    const rankings = questions.map((question) => rankDocuments(question, vectors, ids));
    const average = (of: typeof ndcg) => {
      const all = rankings.map((ranking, index) => of(ranking, gradesOf(collection, index), 10));
      return all.reduce((sum, value) => sum + value, 0) / all.length;
    };
    const sum = (of: (stage: TrainedStage) => number) =>
      stages.reduce((total, stage) => total + of(stage), 0);
    const tokens = sum(({ trainedTokens }) => trainedTokens);
    const tokensPerSecond = tokens / sum(({ trainedSeconds }) => trainedSeconds);
    const [ndcg10, mrr10] = [average(ndcg), average(reciprocalRank)];
    const steps = stages.map((stage) => stage.steps);
    const figures = [ndcg10, mrr10].map((figure) => figure.toFixed(4).slice(1));
    const work =
      stages.length > 0 ? [steps.join(' + '), tokens, tokensPerSecond.toFixed(0)] : ['–', '–', '–'];
    results.push({
      pooledTokens: pooledTokens === '–' ? null : pooledTokens,
      method: name.replace(/\.gguf$/, ''),
      ...{ steps, tokens: stages.length > 0 ? tokens : null, ndcg10, mrr10 },
    });
    await writeFile(join(workFolder!, 'results.json'), JSON.stringify(results, null, 1));
    await say(`| ${[pooledTokens, name, ...work, ...figures].join(' | ')} |`);
  } finally {
    await encoder.dispose();
  }
}

function gradesOf({ queries, judgements }: BeirCollection, index: number): ReadonlyMap<string, number> {
  return judgements.get(queries[index]!.id) ?? new Map();
}

async function say(line: string): Promise<void> {
  console.log(line);
  await appendFile(join(workFolder!, 'table.md'), `${line}\n`);
}
