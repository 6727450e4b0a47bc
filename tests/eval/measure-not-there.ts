/**
 * Fits the weights by which the search says that nothing answers, to the half shown of a folder with questions, and says what they are worth on the half set aside.
 * Usage:
 *
 *   npm run node -- tests/eval/measure-not-there.ts FOLDER --work WORK_FOLDER [--model MODEL.gguf]
 *
 * Each question that is answered among the first five is taken twice: as it is, and with its answers taken out of the lists, where what is left almost answers.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../../src-main/engine/engine.ts';
import {
  type AnswerEvidence,
  type AnswerSigns,
  confidenceOf,
  type SignWeights,
  signsOf,
  withVectors,
} from '../../src-main/search/answers/judge-answer.ts';
import { askQuestions, isOfFiles } from '../../src-main/search/evaluation/ask-questions.ts';
import { type FolderQuestion, loadQuestionFolder } from '../../src-main/search/evaluation/question-folder.ts';
import { searchLibrary } from '../../src-main/search/search-library.ts';
import { openKeptLibrary } from './support/kept-library.ts';

type Kind = 'answered' | 'unanswerable' | 'taken out' | 'not found';
type Example = { kind: Kind; half: FolderQuestion['half']; signs: AnswerSigns };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { work: { type: 'string' }, model: { type: 'string' } },
});
const directory = resolve(positionals[0] ?? '');
const folder = await loadQuestionFolder(directory);
if (!folder || !values.work)
  throw new Error('Usage: measure-not-there.ts FOLDER --work WORK_FOLDER [--model MODEL.gguf]');
const work = resolve(values.work);
if (values.model) process.env.LLARA_MODEL = resolve(values.model);
const engine = await Engine.open({ home: join(work, 'home') });
const session = await openKeptLibrary(engine, directory, work);
const documents = session.documents.all();
const examples: Example[] = [];
for (const question of folder.questions) {
  let evidence: AnswerEvidence | undefined;
  const [asked] = await askQuestions([question], {
    mode: 'hybrid',
    search: (request) =>
      session.answer((context) =>
        searchLibrary({ ...context, onEvidence: (found) => (evidence = found) }, request),
      ),
  });
  if (!evidence || !asked) continue;
  const { half, relevant } = question;
  const isAnswered = asked.rank !== null && asked.rank <= 5;
  const kind = relevant.length === 0 ? 'unanswerable' : isAnswered ? 'answered' : 'not found';
  examples.push({ kind, half, signs: signsOf(evidence) });
  if (isAnswered) examples.push({ kind: 'taken out', half, signs: signsOf(without(evidence, relevant)) });
}
await session.close();
await engine.close();

const signNames = ['coverage', 'name', 'peak', 'agreement'] as const;
const fitted = fitWeights(examples.filter(({ half, kind }) => half === 'shown' && kind !== 'not found'));
for (const [name, weights] of Object.entries({
  'the product': withVectors,
  'fitted to the half shown': fitted,
})) {
  console.log(`\n${name}: ${JSON.stringify(weights)}`);
  console.log(
    '| half | AUC | unanswerable flagged | taken out flagged | answered flagged | not found flagged |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const half of ['shown', 'aside'] as const) {
    const confidences = (kind: Kind) =>
      examples
        .filter((each) => each.half === half && each.kind === kind)
        .map(({ signs }) => confidenceOf(signs, weights));
    const flagged = (kind: Kind) => {
      const all = confidences(kind);
      return (all.filter((confidence) => confidence < 0.5).length / all.length).toFixed(3);
    };
    const auc = areaUnderCurve(confidences('answered'), confidences('unanswerable')).toFixed(3);
    console.log(
      `| ${half} | ${auc} | ${flagged('unanswerable')} | ${flagged('taken out')} | ${flagged('answered')} | ${flagged('not found')} |`,
    );
  }
}
process.exit(0);

/** The evidence that is left when the files that answer are not there. */
function without(evidence: AnswerEvidence, relevant: readonly string[]): AnswerEvidence {
  const right = new Set(
    documents.filter(({ relativePath }) => isOfFiles(relativePath, relevant)).map(({ id }) => id),
  );
  const isLeft = ({ documentId }: { documentId: string }) => !right.has(documentId);
  return {
    ...evidence,
    lexical: evidence.lexical.filter(isLeft),
    dense: evidence.dense?.filter(isLeft) ?? null,
    named: evidence.named.filter(isLeft),
  };
}

/** Logistic regression by gradient descent, a little of the weights' squares against extremes; both classes weigh the same. */
function fitWeights(of: readonly Example[]): SignWeights {
  const weights: SignWeights = { constant: 0, coverage: 0, name: 0, peak: 0, agreement: 0 };
  const isRight = ({ kind }: Example) => kind === 'answered';
  const rightCount = of.filter(isRight).length;
  for (let step = 0; step < 40_000; step += 1) {
    const gradient: SignWeights = { constant: 0, coverage: 0, name: 0, peak: 0, agreement: 0 };
    for (const example of of) {
      const right = isRight(example);
      const share = 0.5 / (right ? rightCount : of.length - rightCount);
      const error = share * ((right ? 1 : 0) - confidenceOf(example.signs, weights));
      gradient.constant += error;
      for (const name of signNames) gradient[name] += error * example.signs[name];
    }
    weights.constant += gradient.constant;
    for (const name of signNames) weights[name] += gradient[name] - 1e-4 * weights[name];
  }
  return weights;
}

/** How often one of the former is above one of the latter. */
function areaUnderCurve(above: readonly number[], below: readonly number[]): number {
  const wins = above.flatMap((a) => below.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
}
