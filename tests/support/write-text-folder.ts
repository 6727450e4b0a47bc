/**
 * A folder of small made-up documents, the same for the same seed. Their words are drawn so unevenly that no two passages
 * score the same: results can then be compared one by one.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '../../src-main/common/seeded-random.ts';

const subjects = [
  'The tenant',
  'A sailor',
  'Our neighbour',
  'The committee',
  'My grandmother',
  'The engineer',
];
const verbs = ['repaired', 'sold', 'described', 'painted', 'measured', 'forgot', 'found'];
const objects = [
  'the roof',
  'an old boat',
  'the contract',
  'a basket of apples',
  'the northern wall',
  'seven letters',
];
const places = ['near the harbour', 'in the valley', 'at the station', 'behind the mill', 'on the island'];
const syllables = ['ba', 'ro', 'ti', 'mu', 'lan', 'ver', 'kes', 'dol', 'gri', 'pha', 'sun', 'wex'];

/** Each document has at least so many sentences, and fewer than so many. */
const usualLength: readonly [least: number, below: number] = [20, 80];

export function writeTextFolder(
  directory: string,
  documentCount: number,
  seed = 'notes',
  [least, below] = usualLength,
): void {
  const random = seededRandom(seed);
  mkdirSync(directory, { recursive: true });
  for (let number = 0; number < documentCount; number += 1) {
    const sentences = Array.from({ length: least + random.below(below - least) }, () => sentence(random));
    writeFileSync(join(directory, `note-${number}.md`), `# Note ${number}\n\n${sentences.join(' ')}\n`);
  }
}

function sentence(random: Random): string {
  const pick = (words: readonly string[]) => words[random.below(words.length)]!;
  const names = Array.from(
    { length: random.below(6) },
    () => pick(syllables) + pick(syllables) + pick(syllables),
  );
  return [pick(subjects), pick(verbs), pick(objects), pick(places), ...names].join(' ').concat('.');
}
