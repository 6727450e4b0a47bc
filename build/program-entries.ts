/**
 * The engine, every worker thread and every throwaway process are programs of their own. Each `*-worker.ts` or `*-child.ts` becomes
 * `<name>.js` beside the bundle that starts it, where `entryPath` looks for it.
 */
import { globSync } from 'node:fs';
import { basename } from 'node:path';

/** Source files by the name of their bundle. */
export function programEntries(): Record<string, string> {
  const paths = globSync(
    'src-main/{answering,engine,library,llara,native,search,store}/**/*-{worker,child}.ts',
  );
  return Object.fromEntries(paths.map((path) => [basename(path, '.ts'), path]));
}
