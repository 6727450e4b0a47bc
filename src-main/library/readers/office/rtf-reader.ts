/**
 * Reads rich text (RTF 1.9): paragraphs, headings by style or outline level, tables, properties. Pictures, hidden and deleted text
 * and what is marked as safe to ignore are left out. The npm packages for it date from before current Node.
 */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import type { Reader } from '../reader.ts';
import { RtfText } from './rtf-text.ts';
import { rtfTokens } from './rtf-tokens.ts';

export const readRtf: Reader = async ({ bytes, fileName }) => {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!/^\s*\{\\rtf/.test(source)) {
    return { state: 'failed', reason: 'The file does not begin as rich text does.' };
  }
  const builder = new DocumentBuilder();
  const facts = new RtfDocument(builder).read(source);
  return builder.finish({ kind: 'rtf', facts, fileName, emptyReason: 'The document holds no text.' });
};

/** What the characters of a group are: text, nothing, or a value to note. */
type Destination = 'text' | 'skipped' | 'fonts' | 'styles' | 'title' | 'author' | 'keywords' | 'created';

/** What holds until the group ends, and is then as before. */
type Group = {
  destination: Destination;
  isHidden: boolean;
  /** Characters after a Unicode one that spell it for old programs. */
  spellingLength: number;
  font: number;
  style: number;
  value: string;
};

const destinations: Record<string, Destination> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  title: 'title',
  author: 'author',
  keywords: 'keywords',
  creatim: 'created',
};
for (const word of 'info colortbl pict object header headerl headerr headerf footer footerl footerr footerf fldinst sp xe tc txe rxe bkmkstart bkmkend annotation atnid atnauthor listtable listoverridetable rsidtbl generator nonshppict falt panose revtbl filetbl'.split(
  ' ',
)) {
  destinations[word] = 'skipped';
}
/** They say that they may be ignored, and hold text all the same. */
const textDestinations = new Set(['shpinst', 'shptxt', 'listtext', 'pntext']);

const characters: Record<string, string> = {
  tab: ' ',
  emdash: '—',
  endash: '–',
  emspace: ' ',
  enspace: ' ',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  '~': ' ',
  _: '-',
  '{': '{',
  '}': '}',
  '\\': '\\',
};

class RtfDocument {
  readonly #builder: DocumentBuilder;
  readonly #facts: StatedFacts = {};
  readonly #text = new RtfText();
  readonly #levelOfStyle = new Map<number, number>();
  readonly #created: Record<string, number> = {};
  readonly #outer: Group[] = [];
  #group: Group = { destination: 'text', isHidden: false, spellingLength: 1, font: 0, style: -1, value: '' };
  #inTable = false;
  #owesCellBorder = false;

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  read(source: string): StatedFacts {
    let toSkip = 0;
    let mayIgnore = false;
    for (const token of rtfTokens(source)) {
      if (token.type === 'bytes') {
        this.#text.addBytes(token.value.slice(toSkip));
        toSkip = Math.max(0, toSkip - token.value.length);
        continue;
      }
      toSkip = 0;
      if (token.type === 'unicode') {
        this.#text.addUnit(token.value);
        toSkip = this.#group.spellingLength;
        continue;
      }
      this.#flush();
      if (token.type === 'open') {
        this.#outer.push(this.#group);
        this.#group = { ...this.#group, value: '' };
      } else if (token.type === 'close') this.#endGroup();
      else if (token.word !== '*') this.#control(token.word, token.value, mayIgnore);
      mayIgnore = token.type === 'control' && token.word === '*';
    }
    this.#flush();
    return this.#facts;
  }

  #flush(): void {
    this.#put(this.#text.take());
  }

  #put(words: string): void {
    const group = this.#group;
    if (words === '' || group.isHidden) return;
    if (group.destination !== 'text') {
      group.value += words;
      return;
    }
    if (this.#owesCellBorder && words.trim() !== '') {
      this.#builder.addText(' | ');
      this.#owesCellBorder = false;
    }
    this.#builder.addText(words);
  }

  #endGroup(): void {
    const { destination, style, value } = this.#group;
    const stated = value.replace(/;\s*$/, '').trim();
    if (destination === 'title') this.#facts.title = stated;
    else if (destination === 'author') this.#facts.authors = listedValues(stated, /;/);
    else if (destination === 'keywords') this.#facts.tags = listedValues(stated);
    else if (destination === 'created' && this.#created.yr) {
      const { yr, mo = 1, dy = 1, hr = 0, min = 0 } = this.#created;
      this.#facts.date = Date.UTC(yr, mo - 1, dy, hr, min);
    } else if (destination === 'styles') {
      const level = /^heading (\d)/i.exec(stated)?.[1];
      if (level && style >= 0) this.#levelOfStyle.set(style, Math.min(6, Number(level)));
    }
    this.#group = this.#outer.pop() ?? this.#group;
    this.#text.useFont(this.#group.font);
  }

  #control(word: string, value: number | null, mayIgnore: boolean): void {
    const group = this.#group;
    if (destinations[word]) group.destination = destinations[word];
    else if (mayIgnore && !textDestinations.has(word)) group.destination = 'skipped';
    else if (group.destination === 'created' && value !== null) this.#created[word] = value;
    else if (characters[word] !== undefined) this.#put(characters[word]);
    else if (word === 'ansicpg') this.#text.useCodePage(value ?? 1252);
    else if (word === 'f' || word === 'deff') {
      group.font = value ?? 0;
      this.#text.useFont(group.font);
    } else if (word === 'fcharset') this.#text.noteCharset(group.font, value ?? 0);
    else if (word === 'uc') group.spellingLength = Math.max(0, Math.min(8, value ?? 1));
    else if (word === 'v' || word === 'deleted') group.isHidden = value !== 0;
    else if (word === 'plain') group.isHidden = false;
    else if (word === 's' && group.destination === 'styles') group.style = value ?? -1;
    else if (group.destination === 'text') this.#layOut(word, value);
  }

  #layOut(word: string, value: number | null): void {
    const builder = this.#builder;
    if (word === 'pard') this.#inTable = false;
    else if (word === 'intbl') this.#inTable = true;
    else if (word === 'cell') this.#owesCellBorder = true;
    else if (word === 'row') {
      this.#owesCellBorder = false;
      builder.breakLine();
    } else if (word === 'par' && this.#inTable) builder.addText(' ');
    else if (word === 'par' || word === 'sect' || word === 'page') {
      builder.endHeading();
      builder.breakParagraph();
    } else if (word === 'line') builder.breakLine();
    else if (word === 'footnote') builder.addText(' ');
    else if (this.#inTable) return;
    else if (word === 's') {
      const level = this.#levelOfStyle.get(value ?? -1);
      if (level) builder.startHeading(level);
    } else if (word === 'outlinelevel' && value !== null && value >= 0 && value < 6)
      builder.startHeading(value + 1);
  }
}
