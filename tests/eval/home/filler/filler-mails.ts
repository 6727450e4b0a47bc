/** Threads of mail that answer nothing, in four languages. */
import { seededRandom } from '../../../../src-main/common/seeded-random.ts';
import type { Genre, HomeDocument, Language, Mail } from '../home-document.ts';
import { fillerParagraphs, pick } from './filler-text.ts';
import { isoDay } from './iso-day.ts';

type Subject = { subject: string; folder: string; genre: Genre; language?: Language };

const subjects: readonly Subject[] = [
  { subject: 'Key for the weekend', folder: 'mail/family', genre: 'home' },
  { subject: 'Sofa and the van', folder: 'mail/family', genre: 'home' },
  { subject: 'Meter reading', folder: 'mail/flat', genre: 'letters' },
  { subject: 'Your claim', folder: 'mail/flat', genre: 'letters' },
  { subject: 'Deposit for the hall', folder: 'mail/flat', genre: 'letters' },
  { subject: 'Seals again', folder: 'mail/office', genre: 'office' },
  { subject: 'Minutes of Monday', folder: 'mail/office', genre: 'office' },
  { subject: 'Delivery delayed', folder: 'mail/office', genre: 'office' },
  { subject: 'Display dark', folder: 'mail/support', genre: 'technical' },
  { subject: 'Reading jumps', folder: 'mail/support', genre: 'technical' },
  { subject: 'Update failed', folder: 'mail/support', genre: 'technical' },
  { subject: 'Seeds and fleece', folder: 'mail/garden', genre: 'hobby' },
  { subject: 'Rehearsal moved', folder: 'mail/choir', genre: 'hobby' },
  { subject: 'Reviewers', folder: 'mail/research', genre: 'research' },
  { subject: 'Ablesung', folder: 'Oma/Post', genre: 'letters', language: 'de' },
  { subject: 'Besuch im Herbst', folder: 'Oma/Post', genre: 'letters', language: 'de' },
  { subject: 'Les vacances', folder: 'Lyon/messages', genre: 'letters', language: 'fr' },
  { subject: 'Travaux de la cour', folder: 'Lyon/messages', genre: 'letters', language: 'fr' },
  { subject: 'El ruido de la calle', folder: 'Valencia/mensajes', genre: 'letters', language: 'es' },
  { subject: '样品', folder: 'office/苏州/邮件', genre: 'office', language: 'zh' },
];

const senders = [
  'Alice Penrose <alice@penrose.example>',
  'Martin Gough <m.gough@meridian.example>',
  'Deepa Menon <deepa@northgate.example>',
  'Sam Tolliver <sam@tolliver.example>',
  'Gwen Rhys <gwen@rhys.example>',
];

export function fillerMails(): HomeDocument[] {
  return subjects.flatMap((subject, number) => {
    const random = seededRandom(`mail ${subject.subject}`);
    const count = 3 + random.below(4);
    let dayNumber = random.below(3000);
    const [one, other] = [pick(random, senders), 'Nora Brandt <nora@brandt.example>'];
    return Array.from({ length: count }, (_, index): HomeDocument => {
      dayNumber += 1 + random.below(4);
      const day = isoDay(dayNumber);
      const text = fillerParagraphs(random, {
        genre: subject.genre,
        language: subject.language ?? 'en',
        paragraphs: 1 + random.below(2),
        sentences: 2 + random.below(2),
      });
      const mail: Mail = {
        from: index % 2 === 0 ? one : other,
        to: index % 2 === 0 ? other : one,
        subject: `${index === 0 ? '' : 'Re: '}${subject.subject}`,
        sent: `${day}T${String(8 + random.below(10)).padStart(2, '0')}:${10 + random.below(49)}`,
        id: `filler${number}.${index}@mail.example`,
        references: Array.from({ length: index }, (_, at) => `filler${number}.${at}@mail.example`),
        body: text,
      };
      return {
        file: `${subject.folder}/${day} ${subject.subject} ${index + 1}.eml`,
        date: day,
        mails: [mail],
      };
    });
  });
}
