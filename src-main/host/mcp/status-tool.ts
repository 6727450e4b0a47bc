/** The tool that says how far the libraries are: what is indexed, what is being worked on, and what does not work and why. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { toolAnswer } from './tool-answer.ts';
import { readingOnly, type ToolContext } from './tool-context.ts';

const status = z.object({
  version: z.string(),
  libraries: z.array(
    z.object({
      name: z.string(),
      documents: z.record(z.string(), z.number()),
      passages: z.number(),
      encoder: z.string().nullable(),
      wordsOnlyReason: z.string().nullable(),
    }),
  ),
  unavailableLibraries: z.array(z.object({ name: z.string(), reason: z.string() })),
  jobs: z.array(
    z.object({
      title: z.string(),
      library: z.string().nullable(),
      state: z.string(),
      done: z.number(),
      total: z.number().nullable(),
      unit: z.string(),
    }),
  ),
});

export function addStatusTool(server: McpServer, { client }: ToolContext): void {
  server.registerTool(
    'status',
    {
      title: 'Status',
      description: 'Says what the libraries hold, what is being worked on, and what does not work and why.',
      inputSchema: z.object({}),
      outputSchema: status,
      annotations: readingOnly,
    },
    (_input, context) =>
      toolAnswer(async () => {
        const snapshot = await client.engine.snapshot(undefined, { signal: context.mcpReq.signal });
        const data = {
          version: snapshot.version,
          libraries: snapshot.libraries.map(({ name, counts, chunkCount, encoder, wordsOnlyReason }) => ({
            name,
            documents: counts,
            passages: chunkCount,
            encoder,
            wordsOnlyReason,
          })),
          unavailableLibraries: snapshot.unavailableLibraries,
          jobs: snapshot.jobs
            .filter(({ endedAt }) => endedAt === null)
            .map(({ title, library, state, progress: { done, total, unit } }) => ({
              title,
              library,
              state,
              done,
              total,
              unit,
            })),
        };
        return { text: inWords(data), data };
      }),
  );
}

function inWords({ libraries, unavailableLibraries, jobs }: z.infer<typeof status>): string {
  return [
    ...libraries.map(({ name, documents, passages, encoder, wordsOnlyReason }) => {
      const counts = Object.entries(documents).filter(([, count]) => count > 0);
      const states = counts.map(([state, count]) => `${count} ${state}`).join(', ') || 'no documents';
      const how = encoder ? ` Encoder: ${encoder}.` : ` Answers by words only. ${wordsOnlyReason ?? ''}`;
      return `Library "${name}": ${states}; ${passages} passages.${how}`.trimEnd();
    }),
    ...unavailableLibraries.map(({ name, reason }) => `Library "${name}" cannot be opened: ${reason}`),
    ...jobs.map(
      ({ title, state, done, total, unit }) => `${title} (${state}): ${done}/${total ?? '?'} ${unit}`,
    ),
  ].join('\n');
}
