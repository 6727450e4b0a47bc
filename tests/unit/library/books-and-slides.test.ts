/** E-books, OpenDocument text and presentations: what is kept, in which order, and what a locked or damaged file ends as. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import type { ExtractedDocument } from '../../../src-main/library/extraction/extracted-document.ts';

const archive = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

const read = async (fileName: string, parts: Record<string, string>): Promise<ExtractedDocument> => {
  const outcome = await extractDocument(fileName, archive(parts));
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document;
};

describe('an e-book', () => {
  const container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>';
  const book = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container,
    'OEBPS/book.opf': `<package><metadata><dc:title>The Lighthouse</dc:title></metadata><manifest>
      <item id="two" href="text/two%20b.xhtml"/><item id="one" href="text/one.xhtml"/><item id="toc" href="toc.xhtml"/>
      </manifest><spine><itemref idref="one"/><itemref idref="two"/></spine></package>`,
    'OEBPS/text/one.xhtml':
      '<html><head><title>x</title></head><body><h1>Arrival</h1><p>The boat was late.</p></body></html>',
    'OEBPS/text/two b.xhtml': '<html><body><h1>Storm</h1><p>The lamp went out.</p></body></html>',
    'OEBPS/toc.xhtml': '<html><body>Contents that nobody searches</body></html>',
  };

  it('is read chapter by chapter, in the order of its spine', async () => {
    const document = await read('lighthouse.epub', book);
    expect(document).toMatchObject({
      kind: 'epub',
      title: 'The Lighthouse',
      text: 'Arrival\n\nThe boat was late.\n\nStorm\n\nThe lamp went out.',
      headings: [
        { level: 1, title: 'Arrival', start: 0 },
        { level: 1, title: 'Storm', start: 29 },
      ],
    });
  });

  it('under copy protection is encrypted; with scrambled fonts it is not', async () => {
    const encryption = (uri: string) => ({
      ...book,
      'META-INF/encryption.xml': `<encryption><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></encryption>`,
    });
    const locked = archive(encryption('OEBPS/text/one.xhtml'));
    expect(await extractDocument('a.epub', locked)).toMatchObject({ state: 'encrypted' });
    expect(await read('a.epub', encryption('OEBPS/fonts/a.otf'))).toMatchObject({ kind: 'epub' });
  });

  it('without a list of chapters fails with a reason', async () => {
    expect(await extractDocument('a.epub', archive({ mimetype: 'application/epub+zip' }))).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('list of chapters'),
    });
  });
});

describe('OpenDocument text', () => {
  const content = (body: string) => ({
    'content.xml': `<office:document-content><office:automatic-styles>style</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  });

  it('keeps headings, lists and tables, and leaves out what was deleted or remarked', async () => {
    const document = await read('minutes.odt', {
      ...content(
        `<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>
        <text:h text:outline-level="2">Budget</text:h><text:p>We<text:s/>agreed<office:annotation><text:p>why?</text:p></office:annotation>.</text:p>
        <text:list><text:list-item><text:p>roof</text:p></text:list-item><text:list-item><text:p>door</text:p></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell><text:p>May</text:p></table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell></table:table-row></table:table>`,
      ),
      'meta.xml': '<office:meta><dc:title>Minutes of May</dc:title></office:meta>',
    });
    expect(document.title).toBe('Minutes of May');
    expect(document.headings).toEqual([{ level: 2, title: 'Budget', start: 0 }]);
    expect(document.text.replace(/\s*\n\s*/g, '\n')).toBe('Budget\nWe agreed.\n- roof\n- door\nMay | 40');
  });

  it('under a password is encrypted', async () => {
    const parts = { ...content(''), 'META-INF/manifest.xml': '<manifest:encryption-data/>' };
    expect(await extractDocument('a.odt', archive(parts))).toMatchObject({ state: 'encrypted' });
  });
});

describe('a presentation', () => {
  const shape = (text: string, placeholder = '') =>
    `<p:sp><p:nvPr>${placeholder}</p:nvPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  const slide = (title: string, text: string) =>
    `<p:sld>${shape(title, '<p:ph type="title"/>')}${shape(text)}${shape('7', '<p:ph type="sldNum"/>')}</p:sld>`;

  it('has a page for each slide in the order shown, with titles and notes', async () => {
    const document = await read('talk.pptx', {
      'ppt/presentation.xml': '<p:sldIdLst><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:sldIdLst>',
      'ppt/_rels/presentation.xml.rels':
        '<Relationships><Relationship Id="r1" Target="slides/slide1.xml"/><Relationship Id="r2" Target="slides/slide2.xml"/></Relationships>',
      'ppt/slides/slide1.xml': slide('Costs', 'Nine hundred'),
      'ppt/slides/slide2.xml': slide('Plan', 'Two rooms &amp; a kiln'),
      'ppt/slides/_rels/slide1.xml.rels':
        '<Relationships><Relationship Target="../notesSlides/notesSlide1.xml"/></Relationships>',
      'ppt/notesSlides/notesSlide1.xml': `<p:notes>${shape('Say it slowly', '<p:ph type="body"/>')}</p:notes>`,
    });
    expect(document.text).toBe('Plan\n\nTwo rooms & a kiln\n\nCosts\n\nNine hundred\n\nSay it slowly');
    expect(document.headings.map(({ title }) => title)).toEqual(['Plan', 'Costs']);
    expect(
      document.pages.map(({ page, start }) => [page, document.text.slice(start, start + 5).trim()]),
    ).toEqual([
      [1, 'Plan'],
      [2, 'Costs'],
    ]);
  });

  it('that is no archive, or of the old format, ends with a reason', async () => {
    expect(await extractDocument('a.pptx', strToU8('not a zip'))).toMatchObject({ state: 'failed' });
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]);
    expect(await extractDocument('a.pptx', old)).toMatchObject({ state: 'unsupported' });
  });
});
