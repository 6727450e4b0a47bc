/** What every tool and resource is given, and what all of them say of themselves. */
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { Contract } from '../../contract/contract.ts';

export type ToolContext = {
  client: ContractRouterClient<Contract>;
  /** The library of calls that name none. */
  library: string;
};

/** Such a tool changes nothing. None reaches beyond this machine. */
export const readingOnly = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

/** What changes the library; never a file of the person's. */
export const writing = { readOnlyHint: false, idempotentHint: true, openWorldHint: false };

export const libraryInput = (library: string) =>
  z.string().max(100).default(library).describe('Library to look in; the tool "list" names them');
