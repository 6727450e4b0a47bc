/** The tool that answers a question itself, with the chat model that the person has chosen on this machine; offered only where there is one. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import { type AnswerPassage, answerOutcomeSchema } from '../../contract/answers/answers.ts';
import { nothingGathered, usedPassages, withEvent } from '../../contract/answers/gather-answer.ts';
import { toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const answered = z.object({
  outcome: answerOutcomeSchema,
  model: z.string().nullable(),
  sentences: z.array(z.object({ text: z.string(), passages: z.array(z.number()), isSupported: z.boolean() })),
  passages: z.array(
    z.object({
      number: z.number(),
      title: z.string(),
      path: z.string(),
      page: z.number().nullable(),
      link: z.string(),
    }),
  ),
});

export function addAskTool(server: McpServer, { client, library: usual }: ToolContext): void {
  server.registerTool(
    'ask',
    {
      title: 'Ask the documents',
      description:
        "Answers a question from the person's documents with the chat model on their machine. Each sentence names its passages; one that is not supported is marked. Slower than search.",
      inputSchema: z.object({ question: z.string().trim().min(1).max(2_000), library: libraryInput(usual) }),
      outputSchema: answered,
      annotations: readingOnly,
    },
    ({ question, library }, context) =>
      toolAnswer(async () => {
        const events = await client.answers.ask({ question, library }, { signal: context.mcpReq.signal });
        let answer = nothingGathered;
        for await (const event of events) answer = withEvent(answer, event);
        const data = {
          outcome: answer.outcome ?? ('cut-off' as const),
          model: answer.model,
          sentences: answer.sentences.map(({ text, passages, isSupported }) => ({
            text,
            passages,
            isSupported,
          })),
          passages: usedPassages(answer).map(describePassage),
        };
        return { text: inWords(data), data };
      }),
  );
}

const describePassage = ({ number, title, path, page, library, documentId }: AnswerPassage) => ({
  number,
  title,
  path,
  page,
  link: formatDocumentLink({ library, documentId, page }),
});

function inWords({ outcome, sentences, passages }: z.infer<typeof answered>): string {
  if (outcome === 'not-in-documents') return "Not in the person's documents.";
  const text = sentences.map(
    ({ text, passages, isSupported }) =>
      `${text} ${passages.map((number) => `[${number}]`).join('')}${isSupported ? '' : '[not supported by a passage]'}`,
  );
  const sources = passages.map(
    ({ number, title, path, page, link }) =>
      `[${number}] ${title}${page === null ? '' : `, page ${page}`} (${path}) ${link}`,
  );
  return [text.join(' '), sources.join('\n')].join('\n\n');
}
