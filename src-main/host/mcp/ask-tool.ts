/** The tool that answers a question itself, with the chat model that the person has chosen on this machine; offered only where there is one. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import {
  type AnswerPassage,
  type AnswerSentence,
  answerOutcomeSchema,
} from '../../contract/answers/answers.ts';
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
        let passages: AnswerPassage[] = [];
        const sentences: AnswerSentence[] = [];
        let outcome: z.infer<typeof answerOutcomeSchema> = 'cut-off';
        let model: string | null = null;
        for await (const event of events) {
          if (event.type === 'passages') passages = event.passages;
          if (event.type === 'sentence') sentences.push(event.sentence);
          if (event.type === 'end') ({ outcome, model } = event);
        }
        const used = new Set(sentences.flatMap((sentence) => sentence.passages));
        const data = {
          outcome,
          model,
          sentences: sentences.map(({ text, passages, isSupported }) => ({ text, passages, isSupported })),
          passages: passages.filter(({ number }) => used.has(number)).map(describePassage),
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
