/** `type:pdf`, `type:md,txt`: documents of these kinds, by the kind's name or by what people call it. */
import { type DocumentKind, documentKindSchema } from '../../contract/libraries.ts';
import { isOneOf } from '../../store/sql.ts';
import type { SearchFilter } from './search-filter.ts';

export const typeFilter: SearchFilter = {
  read: (value) => {
    const kinds = value.split(',').filter(Boolean).map(kindNamed);
    const known = kinds.filter((kind) => kind !== null);
    return known.length === kinds.length ? { sql: isOneOf('kind', known) } : null;
  },
  refusal: `names no kind of document; there are ${documentKindSchema.options.join(', ')}.`,
};

const kindAliases: Record<string, DocumentKind> = {
  md: 'markdown',
  txt: 'text',
  htm: 'html',
  word: 'docx',
  doc: 'docx',
  slides: 'pptx',
  ppt: 'pptx',
  ebook: 'epub',
  eml: 'email',
  mail: 'email',
};

function kindNamed(name: string): DocumentKind | null {
  const lower = name.toLowerCase();
  const parsed = documentKindSchema.safeParse(kindAliases[lower] ?? lower);
  return parsed.success ? parsed.data : null;
}
