/** `llara status`: what the libraries hold, what is being worked on, and what does not work and why. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { roughDuration } from '../../common/texts/rough-duration.ts';
import type { EngineSnapshot } from '../../contract/events.ts';
import { documentStateSchema, type Library } from '../../contract/libraries.ts';
import type { RecognitionPlan } from '../../contract/recognition/recognition.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { findRunningEngine } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { progressLine } from '../output/job-progress.ts';
import { whereItIs } from './keeping/libraries.ts';

export function addStatusCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'status', 'show libraries, folders, jobs and the encoder').action(
    (options: SharedOptions) => run(options, status),
  );
}

async function status(context: CommandContext): Promise<ExitCode> {
  const { terminal, json, home } = context;
  if (!existsSync(home)) {
    // Asking makes no data folder.
    if (json) terminal.printJson({ engine: 'none', home, libraries: [], unavailableLibraries: [], jobs: [] });
    else terminal.print(`Data     ${home} (not made yet)\n\nAdd a folder with: llara index FOLDER`);
    return exitCodes.success;
  }
  return await withEngine(context, async (client, kind) => {
    const snapshot = await client.engine.snapshot();
    const recognition = await Promise.all(
      snapshot.libraries.map(({ name }) => client.recognition.plan({ library: name })),
    );
    const served = kind === 'running' ? await findRunningEngine(home) : null;
    const address = served && { url: served.url, pid: served.supervisor ?? served.pid };
    if (json) terminal.printJson({ engine: kind, address, ...snapshot, recognition });
    else terminal.print(formatStatus(snapshot, address, recognition));
    return exitCodes.success;
  });
}

function formatStatus(
  snapshot: EngineSnapshot,
  served: { url: string; pid: number } | null,
  recognition: readonly RecognitionPlan[],
): string {
  const lines = [
    `Data     ${snapshot.home}`,
    `Engine   ${served ? `running at ${served.url}, process ${served.pid}` : 'not running; this command opened its own'}`,
    ...(snapshot.deviceProblem ? [`Device   ${snapshot.deviceProblem}`] : []),
  ];
  for (const library of snapshot.libraries) {
    lines.push('', ...formatLibrary(library));
    lines.push(...formatWaiting(recognition.find((plan) => plan.library === library.name)));
  }
  for (const { name, reason } of snapshot.unavailableLibraries) {
    lines.push('', `Library "${name}" cannot be opened.`, `  ${reason}`);
  }
  const active = snapshot.jobs.filter(
    ({ state }) => state === 'running' || state === 'queued' || state === 'paused',
  );
  if (active.length > 0) lines.push('');
  for (const job of active) lines.push(`${job.title} (${job.state}): ${progressLine(job.progress)}`);
  return lines.join('\n');
}

function formatLibrary(library: Library): string[] {
  const { name, folders, counts, chunkCount, encoder, wordsOnlyReason, shared } = library;
  const states = documentStateSchema.options.filter((state) => counts[state] > 0);
  const documents = states.map((state) => `${counts[state]} ${state}`).join(', ') || 'no documents';
  return [
    `Library "${name}": ${documents}; ${chunkCount} passages`,
    ...(shared ? [`  ${whereItIs(shared)}`] : []),
    ...(chunkCount > 0 ? [`  ${howFar(library)}`] : []),
    ...(encoder ? [`  Encoder: ${encoder}`] : []),
    ...(wordsOnlyReason ? [`  Answers by words only. ${wordsOnlyReason}`] : []),
    ...folders.map(
      ({ path, documentCount, unavailable }) => `  ${path}  ${unavailable ?? `${documentCount} documents`}`,
    ),
    ...(folders.length === 0 && shared?.access !== 'read' ? ['  Add a folder with: llara index FOLDER'] : []),
  ];
}

/** Scans and pictures that text recognition has not read. */
function formatWaiting(plan: RecognitionPlan | undefined): string[] {
  if (!plan || plan.pages === 0) return [];
  const { pages, documents, estimatedSeconds, languages } = plan;
  const how = languages.length > 0 ? 'llara recognise' : 'llara languages download eng, then llara recognise';
  return [
    `  ${pages} ${pages === 1 ? 'page' : 'pages'} of ${documents} scans and pictures not read yet, about ${roughDuration(estimatedSeconds)}. Read them: ${how}`,
  ];
}

/** `words 1 586 of 1 586, meaning 34 %`: documents that can be found by their words, passages that can be found by meaning. */
function howFar({ counts, meaning }: Library): string {
  const number = (value: number) => value.toLocaleString('en').replaceAll(',', ' ');
  const read = counts.indexed;
  const percent = meaning.passages > 0 ? Math.floor((100 * meaning.embedded) / meaning.passages) : 0;
  return `words ${number(read)} of ${number(read + counts.pending)}, meaning ${percent} %`;
}
