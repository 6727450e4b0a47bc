/**
 * How well the product tells answerable questions from others, and supported sentences from made-up ones, over the sample library:
 * `npm run node -- tests/eval/measure-answers.ts [MODEL.gguf]`. The thresholds of src-main/answering rest on it.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SupportCheck } from '../../src-main/answering/check-support.ts';
import { mayAnswer, retrievalStrength } from '../../src-main/answering/judge-retrieval.ts';
import { compareBy, type MeaningOf } from '../../src-main/answering/similarity.ts';
import { answerRequestSchema } from '../../src-main/contract/answers/answers.ts';
import { findPassages } from '../../src-main/engine/answering/find-passages.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { indexRequest } from '../../src-main/engine/jobs/kinds/index-job.ts';

const folder = resolve('resources/sample-library');
const { sentences, unanswerable } = JSON.parse(
  readFileSync(resolve('tests/eval/fixtures/answers.json'), 'utf8'),
) as { sentences: { question: string; says: string; wrong: string }[]; unanswerable: string[] };
if (process.argv[2]) process.env.LLARA_MODEL = resolve(process.argv[2]);
const home = mkdtempSync(join(tmpdir(), 'llara-answers-'));
const engine = await Engine.open({ home });
const session = engine.libraries.get('default');
session.folders.add(folder, []);
await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
const { encoder } = session.vectors;
const meaningOf: MeaningOf = (texts, role) => encoder!.encode(texts, role);
const comparison = await compareBy(meaningOf);
const find = (question: string) => findPassages(engine.libraries, answerRequestSchema.parse({ question }));

const [answered, refused] = [[] as boolean[], [] as boolean[]];
for (const [questions, verdicts] of [
  [sentences.map(({ question }) => question), answered],
  [unanswerable, refused],
] as const) {
  for (const question of questions) {
    const { passages, confidence } = await find(question);
    const strength = await retrievalStrength(question, passages, comparison);
    const may = await mayAnswer({ question, passages, confidence }, comparison);
    verdicts.push(may);
    console.log(
      `${may ? 'asks ' : 'no   '} confidence ${confidence?.toFixed(2)} words ${strength.words.toFixed(2)} likeness ${strength.likeness?.toFixed(2)}  ${question}`,
    );
  }
  console.log();
}
const [right, wrong] = [[] as boolean[], [] as boolean[]];
for (const { question, says, wrong: madeUp } of sentences) {
  const { passages } = await find(question);
  const check = await SupportCheck.create(passages, comparison);
  for (const [text, verdicts] of [
    [says, right],
    [madeUp, wrong],
  ] as const) {
    const { supporting } = await check.check(text, []);
    verdicts.push(supporting.length > 0);
    const strength = await check.strength(text);
    console.log(
      `${supporting.length > 0 ? 'supported' : 'marked   '} words ${strength.words.toFixed(2)} likeness ${strength.likeness.toFixed(2)}  ${text}`,
    );
  }
}
const count = (verdicts: boolean[]) => `${verdicts.filter(Boolean).length} of ${verdicts.length}`;
console.log(`
Encoder ${encoder?.info.name}
Answerable questions put to the model: ${count(answered)}; unanswerable ones: ${count(refused)}
Right sentences taken for supported: ${count(right)}; made-up ones: ${count(wrong)}`);
await engine.close();
rmSync(home, { recursive: true });
process.exit(0);
