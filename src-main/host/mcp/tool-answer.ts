/**
 * What every tool answers with: words for the assistant, the same as plain data, and never more of either than an assistant's
 * context can take. A failure is an answer too, so that the assistant can tell the person about it.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';

/** Characters of text in one answer: some 4 000 tokens. */
export const longestTextCharacters = 16_000;

export type ToolWords = { text: string; data: Record<string, unknown> };

export async function toolAnswer(work: () => Promise<ToolWords>): Promise<CallToolResult> {
  try {
    const { text, data } = await work();
    return { content: [{ type: 'text', text }], structuredContent: data };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { content: [{ type: 'text', text }], isError: true };
  }
}
