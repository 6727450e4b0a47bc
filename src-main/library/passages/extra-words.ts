/**
 * Words by which a passage is found although it does not show them: what the document says about itself, for its first passage; its
 * keywords; the words inside names of programs. Only the word index gets them.
 */
import { formatOf } from '../../contract/formats.ts';
import type { DocumentFacts } from '../../contract/libraries.ts';
import type { ExtractedDocument } from '../extraction/extracted-document.ts';
import { identifierWords } from './identifier-words.ts';

/** One line; empty where there are none. `text` is that of the passage, whose words need no second mention. */
export const extraWords = (document: ExtractedDocument, ordinal: number, text: string): string => {
  const { kind, facts, keywords = [] } = document;
  const stated = ordinal === 0 && facts ? factWords(facts).filter((words) => !text.includes(words)) : [];
  const names = formatOf(kind).hasIdentifiers ? identifierWords(text) : [];
  return [...stated, ...keywords, ...names].join(' ');
};

const factWords = ({ title, authors, from, to, tags }: DocumentFacts): string[] =>
  [title, ...authors, from, to, ...tags].filter((words) => words !== undefined);
