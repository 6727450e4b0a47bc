/**
 * Shows the main job: indexes the sample library, asks it questions, and prints the passages with their pages. Each
 * question comes with the passage that answers it, so the demo also tells whether the product works.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resourcesDirectory } from '../../common/resources-directory.ts';
import type { Hit, SearchGroup } from '../../contract/search.ts';
import type { IndexResult } from '../../engine/indexing/index-library.ts';
import { connectEngine, type EngineClient } from '../connect-engine.ts';
import { describeError } from '../output/describe-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { followJob } from '../output/follow-job.ts';
import { JobProgressBar } from '../output/job-progress.ts';
import type { Terminal } from '../output/terminal.ts';

const questionSchema = z.object({
  question: z.string(),
  /** Path below the sample library. */
  file: z.string(),
  /** 1-based; null where the format has no pages. */
  page: z.number().nullable(),
});
type Question = z.infer<typeof questionSchema>;

type Answer = { group: SearchGroup; hit: Hit } | null;

/** How many documents a question asks for. */
const places = 10;
/**
 * Below this part of the questions with the right document among the first three, something is broken. The questions
 * avoid the words of their answers, so without an encoder little can be asked for.
 */
const leastFoundByMeaning = 0.3;
const leastFoundByWords = 0.1;

export async function runDemo({ terminal, home }: { terminal: Terminal; home: string }): Promise<ExitCode> {
  try {
    const connection = await connectEngine(home);
    try {
      return await demonstrate(connection.client, terminal);
    } finally {
      await connection.close();
    }
  } catch (error) {
    terminal.note(`llara: ${describeError(error).message}`);
    return exitCodes.failure;
  }
}

async function demonstrate(client: EngineClient, terminal: Terminal): Promise<ExitCode> {
  const folder = join(resourcesDirectory(), 'sample-library');
  const questions = z
    .array(questionSchema)
    .min(1)
    .parse(JSON.parse(readFileSync(join(folder, 'questions.json'), 'utf8')));
  const { outcomes, chunks, seconds } = await indexFolder(client, folder, terminal);
  terminal.print(`Indexed ${outcomes.indexed} documents (${chunks} passages) in ${seconds.toFixed(1)} s.`);
  const [library] = await client.libraries.list();
  const { encoder = null, wordsOnlyReason } = library ?? {};
  terminal.print(encoder ? `Encoder: ${encoder}.` : `By words only. ${wordsOnlyReason ?? ''}`);

  let found = 0;
  let first = 0;
  for (const question of questions) {
    const { groups } = await client.search.query({
      query: question.question,
      limit: places,
      passagesPerDocument: 1,
    });
    const place = groups.findIndex((group) => group.document.relativePath === question.file) + 1;
    if (place === 1) first += 1;
    if (place > 0 && place <= 3) found += 1;
    terminal.print(`\n${terminal.style('bold', question.question)}`);
    terminal.print(describeAnswer(question, bestAnswer(groups), terminal));
    terminal.print(terminal.style('dim', `    ${describePlace(question.file, place)}`));
  }

  terminal.print(
    `\n${found} of ${questions.length} questions have the right document among the first three, ${first} of them in the first place.`,
  );
  const least = encoder ? leastFoundByMeaning : leastFoundByWords;
  const isWhole = outcomes.indexed > 0 && outcomes.failed + outcomes.pending === 0;
  if (!isWhole) terminal.note('llara: not every document of the sample library could be indexed.');
  if (found / questions.length < least)
    terminal.note(`llara: at least ${Math.ceil(least * questions.length)} were expected.`);
  return isWhole && found / questions.length >= least ? exitCodes.success : exitCodes.failure;
}

async function indexFolder(client: EngineClient, path: string, terminal: Terminal): Promise<IndexResult> {
  const bar = new JobProgressBar(terminal);
  try {
    const job = await followJob(client, () => client.folders.add({ path }), { onJob: bar.show });
    return job.result as IndexResult;
  } finally {
    bar.stop();
  }
}

function bestAnswer(groups: readonly SearchGroup[]): Answer {
  const group = groups[0];
  const hit = group?.hits[0];
  return group && hit ? { group, hit } : null;
}

function describePlace(file: string, place: number): string {
  const where = place === 0 ? `is not among the first ${places}` : `came in place ${place}`;
  return `${file} ${where}`;
}

function describeAnswer({ file, page }: Question, answer: Answer, terminal: Terminal): string {
  const place = (path: string, number: number | null) => (number === null ? path : `${path}, page ${number}`);
  if (!answer) return `  nothing found (expected ${place(file, page)})`;
  const { group, hit } = answer;
  const isRight = group.document.relativePath === file && (page === null || hit.page === page);
  const mark = isRight ? '✓' : ' ';
  const lines = [`  ${mark} ${terminal.style('cyan', place(group.document.relativePath, hit.page))}`];
  lines.push(`    ${hit.snippet.replaceAll(/\s+/g, ' ').trim()}`);
  if (!isRight) lines.push(terminal.style('dim', `    (expected ${place(file, page)})`));
  return lines.join('\n');
}
