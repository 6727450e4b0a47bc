/**
 * With `LLARA_LOG=1`, one line on the standard error for each call of the engine and each stage of a job, with the time it took: for
 * whoever looks for what is slow. No line holds what a person asked, or a name of a file.
 */
export function logStage(what: string, tookMs: number): void {
  const { LLARA_LOG } = process.env;
  if (LLARA_LOG === undefined || LLARA_LOG === '' || LLARA_LOG === '0') return;
  process.stderr.write(`llara: ${what} ${tookMs.toFixed(1)} ms\n`);
}
