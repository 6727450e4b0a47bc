/** How another program starts this very Llara: by full paths, since a program with windows has no shell's search path. */
import { join } from 'node:path';
import { productDirectory } from '../../common/product-directory.ts';
import type { StartCommand } from './assistant-programs.ts';

/** Names the library only where it is not the usual one, and the data folder only where the environment moves it. */
export function startCommand(
  library: string,
  { allowWriting, environment = process.env }: { allowWriting: boolean; environment?: NodeJS.ProcessEnv },
): StartCommand {
  const script = join(productDirectory(), 'src-main', 'cli', 'llara.js');
  return {
    command: process.execPath,
    args: [
      script,
      'mcp',
      ...(library === 'default' ? [] : ['--library', library]),
      ...(allowWriting ? ['--allow-writing'] : []),
    ],
    env: environment.LLARA_HOME ? { LLARA_HOME: environment.LLARA_HOME } : {},
  };
}
