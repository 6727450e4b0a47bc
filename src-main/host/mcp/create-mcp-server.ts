/**
 * Offers the library to a person's own assistant programs by the Model Context Protocol: searching, and reading what was
 * found. It offers nothing that changes anything, and no file outside the library.
 */
import { McpServer } from '@modelcontextprotocol/server';
import { addAskTool } from './ask-tool.ts';
import { addDocumentResources } from './document-resources.ts';
import { addListTool } from './list-tool.ts';
import { addReadTool } from './read-tool.ts';
import { addSearchTool } from './search-tool.ts';
import { addSimilarTool } from './similar-tool.ts';
import { addStatusTool } from './status-tool.ts';
import type { ToolContext } from './tool-context.ts';

export type McpServerOptions = ToolContext & { version: string };

const instructions =
  "Llara searches the person's own documents on their own machine. Ask with search, read more around a passage with read, and cite " +
  'documents by their llara:// links, which open them at the page.';

/** Looks up first whether somebody writes answers: the tool `ask` is there only then. */
export async function createMcpServer({ version, ...context }: McpServerOptions): Promise<McpServer> {
  const { chatSource } = await context.client.settings.get();
  const server = new McpServer({ name: 'llara', title: 'Llara', version }, { instructions });
  addSearchTool(server, context);
  addReadTool(server, context);
  addSimilarTool(server, context);
  if (chatSource !== 'none') addAskTool(server, context);
  addListTool(server, context);
  addStatusTool(server, context);
  addDocumentResources(server, context);
  return server;
}
