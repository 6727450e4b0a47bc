/** Reads contacts (vCard 2.1 to 4.0): each person under their name, with addresses, numbers and notes. Pictures, sounds and keys are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { listedValues } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { type ContentLine, contentLines, valueParts } from './content-lines.ts';

export const readContacts: Reader = async ({ bytes, fileName }) => {
  const cards: ContentLine[][] = [];
  for (const line of contentLines(decodeText(bytes))) {
    if (line.name === 'BEGIN') cards.push([]);
    else if (line.name !== 'END') cards.at(-1)?.push(line);
  }
  const builder = new DocumentBuilder();
  for (const card of cards) addCard(builder, card);
  const only = cards.length === 1 ? cards[0]! : [];
  return builder.finish({
    kind: 'contacts',
    facts: {
      title: only.length > 0 ? nameOf(only) : undefined,
      tags: listedValues(only.find(({ name }) => name === 'CATEGORIES')?.value),
    },
    fileName,
    emptyReason: 'The file holds no contacts.',
  });
};

const labels: Record<string, string> = {
  NICKNAME: 'Nickname',
  ORG: 'Organisation',
  TITLE: 'Position',
  ROLE: 'Role',
  EMAIL: 'E-mail',
  TEL: 'Telephone',
  ADR: 'Address',
  URL: 'Website',
  IMPP: 'Messages',
  BDAY: 'Birthday',
  ANNIVERSARY: 'Anniversary',
  RELATED: 'Related',
  CATEGORIES: 'Categories',
  NOTE: 'Note',
};

const addCard = (builder: DocumentBuilder, card: readonly ContentLine[]): void => {
  const name = nameOf(card);
  if (name) {
    builder.startHeading(1);
    builder.addText(name);
    builder.endHeading();
  }
  builder.breakParagraph();
  for (const { name: key, value, rawValue, parameters } of card) {
    const label = labels[key];
    const isUri = /^(?:tel|mailto|xmpp|urn:uuid):/i;
    const shown = (key === 'ADR' || key === 'ORG' ? valueParts(rawValue).filter(Boolean).join(', ') : value)
      .replace(isUri, '')
      .trim();
    if (!label || shown === '') continue;
    const types = (parameters.get('TYPE') ?? '')
      .toLowerCase()
      .split(',')
      .filter((type) => /^(?:home|work|cell|fax|mobile)$/.test(type));
    builder.addText(`${label}${types.length > 0 ? ` (${types.join(', ')})` : ''}: ${shown}`);
    builder.breakLine();
  }
  builder.breakParagraph();
};

/** As shown, else put together from its parts: family name, given name, further names, titles before and after. */
const nameOf = (card: readonly ContentLine[]): string | undefined => {
  const shown = card.find(({ name }) => name === 'FN')?.value;
  if (shown) return shown;
  const [family, given, further, before, after] = valueParts(
    card.find(({ name }) => name === 'N')?.rawValue ?? '',
  );
  const parts = [before, given, further, family, after].filter((part) => part);
  return parts.length > 0 ? parts.join(' ') : card.find(({ name }) => name === 'ORG')?.value;
};
