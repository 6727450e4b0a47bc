/**
 * Offers the library to a person's own assistant programs by the Model Context Protocol: searching, and reading what was
 * found. What changes the library is there only where the person allows it; nothing changes a file, or reads one outside the library.
 */
import { McpServer } from '@modelcontextprotocol/server';
import { addAskTool } from './ask-tool.ts';
import { addIndexTool } from './changing/index-tool.ts';
import { addTagTool } from './changing/tag-tool.ts';
import { addDocumentResources } from './document-resources.ts';
import { addListTool } from './list-tool.ts';
import { addReadTool } from './read-tool.ts';
import { addSearchTool } from './search-tool.ts';
import { addSimilarTool } from './similar-tool.ts';
import { addStatusTool } from './status-tool.ts';
import type { ToolContext } from './tool-context.ts';

export type McpServerOptions = ToolContext & {
  version: string;
  /** Whether tools may change the library; the person's setting where it is left out. */
  allowWriting?: boolean;
};

const instructions =
  "Llara searches the person's own documents on their own machine. Ask with search, read more around a passage with read, and cite " +
  'documents by their llara:// links, which open them at the page.';

const onlyReading =
  ' Nothing can be changed here: the tools tag and index are disabled until the person allows it, with "llara mcp --allow-writing" or in the settings of Llara.';

/** Looks up first whether somebody writes answers, and whether assistants may change the library: some tools are there only then. */
export async function createMcpServer({
  version,
  allowWriting,
  ...context
}: McpServerOptions): Promise<McpServer> {
  const { chatSource, assistantsMayWrite } = await context.client.settings.get();
  const mayWrite = allowWriting ?? assistantsMayWrite;
  const server = new McpServer(
    { name: 'llara', title: 'Llara', version },
    { instructions: mayWrite ? instructions : instructions + onlyReading },
  );
  addSearchTool(server, context);
  addReadTool(server, context);
  addSimilarTool(server, context);
  if (chatSource !== 'none') addAskTool(server, context);
  addListTool(server, context);
  addStatusTool(server, context);
  // Known either way, so that a call is told that they are disabled and not that they do not exist.
  for (const tool of [addTagTool(server, context), addIndexTool(server, context)])
    if (!mayWrite) tool.disable();
  addDocumentResources(server, context);
  return server;
}
