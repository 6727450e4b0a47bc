/** What documents say about themselves: taken from where each format keeps it, and left out where a program wrote it for nobody. */
import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { chooseTitle } from '../../../src-main/library/extraction/choose-title.ts';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import { makeDocx, wordParagraph } from '../fixtures/make-docx.ts';

const read = async (fileName: string, content: string | Uint8Array) => {
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  const outcome = await extractDocument(fileName, bytes);
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document;
};

const coreProperties = `<cp:coreProperties><dc:title>Kiln log</dc:title><dc:creator>Ann Ames; Bert Bee</dc:creator>
  <cp:keywords>kiln, glaze</cp:keywords><dcterms:modified>2024-05-17T09:30:00Z</dcterms:modified><dc:language>en-GB</dc:language></cp:coreProperties>`;

const makePdf = (info: Record<string, unknown>): Promise<Uint8Array> =>
  new Promise((resolve) => {
    const document = new PDFDocument({ info });
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
    document.text('Words on a page.');
    document.end();
  });

const whole = {
  title: 'Kiln log',
  authors: ['Ann Ames', 'Bert Bee'],
  tags: ['kiln', 'glaze'],
  date: Date.UTC(2024, 4, 17, 9, 30),
  language: 'en-GB',
};

describe('what a document states about itself', () => {
  it.each<[string, string, string | Uint8Array]>([
    [
      'YAML front matter',
      'a.md',
      '---\ntitle: Kiln log\nauthors:\n  - name: Ann Ames\n  - Bert Bee\ntags: [kiln, glaze]\ndate: 2024-05-17T09:30:00Z\nlang: en-GB\n---\nwords',
    ],
    [
      'TOML front matter',
      'a.md',
      '+++\ntitle = "Kiln log"\nauthor = "Ann Ames; Bert Bee"\nkeywords = "kiln, glaze"\ndate = 2024-05-17T09:30:00Z\nlanguage = "en-GB"\n+++\nwords',
    ],
    [
      'the head of a page',
      'a.html',
      `<html lang="en-GB"><head><title>Kiln log</title><meta name="author" content="Ann Ames"><meta name="author" content="Bert Bee">
       <meta name=keywords content="kiln, glaze"><meta property="article:published_time" content="2024-05-17T09:30:00Z"></head><p>words`,
    ],
    [
      'Word’s properties',
      'a.docx',
      makeDocx(wordParagraph('words'), { 'docProps/core.xml': coreProperties }),
    ],
    [
      'OpenDocument’s properties',
      'a.odt',
      zipSync({
        'content.xml': strToU8('<office:body><text:p>words</text:p></office:body>'),
        'meta.xml': strToU8(
          '<office:meta><dc:title>Kiln log</dc:title><dc:creator>Ann Ames;Bert Bee</dc:creator><meta:keyword>kiln</meta:keyword><meta:keyword>glaze</meta:keyword><dc:date>2024-05-17T09:30:00Z</dc:date><dc:language>en-GB</dc:language></office:meta>',
        ),
      }),
    ],
  ])('is read from %s', async (_, fileName, content) => {
    const document = await read(fileName, content);
    expect(document.facts).toEqual(whole);
    expect(document.title).toBe('Kiln log');
    expect(document.text).toBe('words');
  });

  it('is read from a PDF’s information', async () => {
    const info = {
      Title: 'Kiln log',
      Author: 'Ann Ames; Bert Bee',
      Keywords: 'kiln, glaze',
      CreationDate: new Date(whole.date),
    };
    const { language: _, ...stated } = whole;
    expect((await read('a.pdf', await makePdf(info))).facts).toEqual(stated);
  });

  it('is read from the lines above a message, with the message’s own date', async () => {
    const mail =
      'From: Ann Ames <ann@x.example>\r\nTo: bert@x.example\r\nSubject: Kiln log\r\nDate: Fri, 17 May 2024 11:30:00 +0200\r\n\r\nwords';
    expect((await read('a.eml', mail)).facts).toEqual({
      title: 'Kiln log',
      authors: ['Ann Ames'],
      from: 'Ann Ames <ann@x.example>',
      to: 'bert@x.example',
      date: whole.date,
      tags: [],
    });
  });

  it('is nothing where nothing is stated, or only by a program', async () => {
    expect((await read('a.txt', 'words')).facts).toBeUndefined();
    const signed = '<c><dc:title>Document1</dc:title><dc:creator>python-docx</dc:creator></c>';
    const docx = makeDocx(wordParagraph('words'), { 'docProps/core.xml': signed });
    expect((await read('a.docx', docx)).facts).toBeUndefined();
  });

  it('survives front matter that is damaged or hostile', async () => {
    expect(await read('a.md', '---\ntitle: "Kiln: log\ntags: [\n---\nwords')).toMatchObject({
      text: 'words',
    });
    const bomb = `---\na: &a [x]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]\n---\nwords`;
    expect((await read('a.md', bomb)).text).toContain('words');
  });
});

describe('a title', () => {
  it.each([
    '(anonymous)',
    'untitled',
    'Untitled Document 2',
    'Microsoft Word - letter_final.doc',
    'PowerPoint Presentation',
    'LibreOffice Presentation',
    'Unbenannt 1',
    'scan0001',
    'Book1',
    'No subject',
    'thesis.dvi',
    '17',
  ])('is never %s', (stated) => {
    expect(chooseTitle(stated, undefined, 'kiln.pdf')).toBe('kiln');
  });

  it.each(['Document design for engineers', 'Anonymous Was a Woman', 'Title deeds', 'Table manners'])(
    'may be %s',
    (stated) => {
      expect(chooseTitle(stated, undefined, 'kiln.pdf')).toBe(stated);
    },
  );
});
