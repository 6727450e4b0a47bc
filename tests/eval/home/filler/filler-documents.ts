/** Every document that answers nothing: the families' prose, then mails, tables, code, logs, calendars and contacts. */
import type { Random } from '../../../../src-main/common/seeded-random.ts';
import { seededRandom } from '../../../../src-main/common/seeded-random.ts';
import type { HomeDocument } from '../home-document.ts';
import { type Family, families } from './filler-families.ts';
import { fillerMails } from './filler-mails.ts';
import { fillerText } from './filler-raw.ts';
import { fillerTables } from './filler-tables.ts';
import { fillerParagraphs, fillGaps } from './filler-text.ts';

export function fillerDocuments(): HomeDocument[] {
  return [...families.flatMap(proseOf), ...fillerMails(), ...fillerTables(), ...fillerText()];
}

/** Every ninth also lies there as an earlier draft, which lacks its end. */
function proseOf(family: Family): HomeDocument[] {
  const documents = Array.from({ length: family.count }, (_, index): HomeDocument => {
    const random = seededRandom(`${family.file} ${index}`);
    const language = family.language ?? 'en';
    const date = isoDate(random);
    const fill = (text: string) =>
      fillGaps(random, text.replaceAll('{iso}', date).replaceAll('{n}', String(index + 1)), language);
    const paragraphs = fillerParagraphs(random, {
      genre: family.genre,
      language,
      paragraphs: (family.paragraphs ?? 3) + random.below(2),
      sentences: 2 + random.below(3),
    });
    const headings = family.headings ?? [];
    return {
      file: fill(family.file),
      date,
      language,
      title: fill(family.title),
      tags: family.tags,
      columns: family.columns,
      short: true,
      body: paragraphs.flatMap((paragraph, at) =>
        headings[at] ? [`## ${headings[at]}`, paragraph] : [paragraph],
      ),
    };
  });
  const drafts = documents
    .filter((_, index) => index % 9 === 4)
    .map((document) => ({
      ...document,
      file: document.file.replace(/\.(\w+)$/, ' draft.$1'),
      body: document.body?.slice(0, -1),
    }));
  return [...documents, ...drafts];
}

function isoDate(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${2015 + random.below(10)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}
