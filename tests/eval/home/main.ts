/** `node tests/eval/home/main.ts OUT_FOLDER`: writes the made-up household's folder and the questions to it, for `llara eval`. */
import { resolve } from 'node:path';
import { writeHome } from './write-home.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node tests/eval/home/main.ts OUT_FOLDER');
  process.exitCode = 2;
} else {
  const { files, questions } = await writeHome(resolve(folder));
  console.log(`${files} files and ${questions} questions are in ${resolve(folder)}.`);
}
