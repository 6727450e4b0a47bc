/**
 * A folder whose documents each speak of one made-up thing, in the title and all through the text: what adaptation learns from
 * quickly, even with a random encoder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';

const syllables = [
  'ba',
  'ro',
  'ti',
  'mu',
  'lan',
  'ver',
  'kes',
  'dol',
  'gri',
  'pha',
  'sun',
  'wex',
  'qua',
  'zor',
  'jin',
  'hep',
];
const verbs = ['is kept', 'was sold', 'is cleaned', 'was painted', 'is measured', 'was found', 'is weighed'];
const places = ['near the harbour', 'in the valley', 'at the station', 'behind the mill', 'on the island'];
const times = ['in spring', 'every morning', 'after the rain', 'once a year', 'before supper'];

export function writeTopicFolder(directory: string, documentCount: number): void {
  const random = seededRandom('topics');
  const pick = (words: readonly string[]) => words[random.below(words.length)]!;
  mkdirSync(directory, { recursive: true });
  for (let number = 0; number < documentCount; number += 1) {
    const topic = pick(syllables) + pick(syllables) + pick(syllables);
    const sections = Array.from({ length: 4 }, () => {
      const part = pick(syllables) + pick(syllables);
      const lines = Array.from(
        { length: 8 },
        () => `The ${topic} ${part} ${pick(verbs)} ${pick(places)} ${pick(times)}.`,
      );
      return `## The ${part} of the ${topic}\n\n${lines.join(' ')}`;
    });
    writeFileSync(join(directory, `topic-${number}.md`), `# The ${topic}\n\n${sections.join('\n\n')}\n`);
  }
}
