/** Every format but PDF: what is kept, what is left out, where headings begin, and what a damaged file ends as. */
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import type { ExtractedDocument } from '../../../src-main/library/extraction/extracted-document.ts';
import { makeDocx, wordParagraph } from '../fixtures/make-docx.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

const read = async (fileName: string, content: string | Uint8Array): Promise<ExtractedDocument> => {
  const outcome = await extractDocument(fileName, typeof content === 'string' ? utf8(content) : content);
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document;
};

const headingsAreInText = ({ text, headings }: ExtractedDocument) => {
  for (const { start, title } of headings) expect(text.slice(start, start + title.length)).toBe(title);
};

describe('plain text', () => {
  const utf16 = (text: string, littleEndian: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return new Uint8Array(littleEndian ? bytes : bytes.swap16());
  };
  it.each([
    ['UTF-8', utf8('Grüße aus Łódź, 東京')],
    ['UTF-8 with a mark', utf8('\ufeffGrüße aus Łódź, 東京')],
    ['UTF-16, little end first', utf16('Grüße aus Łódź, 東京', true)],
    ['UTF-16, big end first', utf16('Grüße aus Łódź, 東京', false)],
  ])('is decoded from %s', async (_, bytes) => {
    expect((await read('a.txt', bytes)).text).toBe('Grüße aus Łódź, 東京');
  });

  it('is decoded from UTF-16 without a mark and from Latin-1', async () => {
    const utf16 = Buffer.from('plain words in two bytes', 'utf16le');
    expect((await read('a.txt', new Uint8Array(utf16))).text).toBe('plain words in two bytes');
    const latin1 = Buffer.from('Grüße, naïve café', 'latin1');
    expect((await read('a.txt', new Uint8Array(latin1))).text).toBe('Grüße, naïve café');
  });

  it('keeps its lines, in one spelling of line ends, and is titled by its file', async () => {
    const document = await read('letter to Ann.txt', 'Dear Ann,\r\n\r\n\r\n\r\nthank you.\r\nBye');
    expect(document).toMatchObject({
      text: 'Dear Ann,\n\nthank you.\nBye',
      title: 'letter to Ann',
      pages: [],
    });
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\n '],
  ])('with %s in it is empty', async (_, content) => {
    expect(await extractDocument('a.txt', utf8(content))).toMatchObject({ state: 'empty' });
  });
});

describe('Markdown', () => {
  it('loses its markers and keeps its words', async () => {
    const document = await read(
      'a.md',
      '# Boats & *ships*\n\nSee [the list](http://x.example) of **all** `boats`.\n\n- one\n- two\n\n3. three\n\n| a | b |\n|---|---|\n| c | d |\n\n```js\nlet x = 1;\n```\n\n> said so\n\nSetext\n------\nend',
    );
    expect(document.text).toBe(
      'Boats & ships\n\nSee the list of all boats.\n\n- one\n- two\n\n3. three\n\na | b\nc | d\n\nlet x = 1;\n\nsaid so\n\nSetext\n\nend',
    );
    expect(document.headings.map(({ level, title }) => [level, title])).toEqual([
      [1, 'Boats & ships'],
      [2, 'Setext'],
    ]);
    headingsAreInText(document);
  });

  it('takes the title from front matter, and leaves the rest of that out', async () => {
    const document = await read('a.md', '---\ntitle: "Of boats"\ntags: [secret]\n---\n\n# Another\n\ntext');
    expect(document.title).toBe('Of boats');
    expect(document.text).toBe('Another\n\ntext');
  });

  it('does not take a rule between paragraphs for front matter', async () => {
    expect((await read('a.md', 'above\n\n---\n\nbelow')).text).toBe('above\n\nbelow');
  });
});

describe('HTML', () => {
  it('keeps what a person would read', async () => {
    const document = await read(
      'a.html',
      `<!doctype html><html><head><title>Boats &amp; ships</title><style>p{}</style><script>var hidden = 1</script></head>
      <body><nav>Home</nav><h1>Boats</h1><p>One <b>bold</b>
      word.<br>Next&nbsp;line.<p hidden>not this</p><ul><li>a</li><li>b</li></ul>
      <table><tr><td>c</td><td>d</td></tr></table><pre>x
  y</pre><div style="display:none">nor this</div><svg><text>nor that</text></svg>end</body></html>`,
    );
    expect(document.text).toBe('Boats\n\nOne bold word.\nNext line.\n\n- a\n- b\n\nc | d\n\nx\n  y\n\nend');
    expect(document.title).toBe('Boats & ships');
    headingsAreInText(document);
  });

  it('numbers the items of numbered lists, lists within lists included', async () => {
    const html = '<ol start=3><li>a<ul><li>b</ul><li>c<ol><li>d</ol><li>e</ol>';
    expect((await read('a.html', html)).text.split(/\n+/)).toEqual(['3. a', '- b', '4. c', '1. d', '5. e']);
  });

  it('believes a declared encoding where the bytes are not UTF-8', async () => {
    const html = Buffer.from('<meta charset="iso-8859-2"><p>\xA3\xF3d\xBC</p>', 'latin1');
    expect((await read('a.htm', new Uint8Array(html))).text).toBe('Łódź');
  });

  it('survives tags that never close', async () => {
    expect((await read('a.html', '<div><p>one<div><h2>two<p>three</h9></table>')).text).toContain('three');
  });
});

describe('DOCX', () => {
  it('finds headings by the names of their styles, in any language of Word', async () => {
    const document = await read(
      'a.docx',
      makeDocx(
        wordParagraph('Boats', 'berschrift1') +
          wordParagraph('A boat is &lt; a ship.') +
          wordParagraph('Small boats', 'berschrift2') +
          wordParagraph('They are small.'),
      ),
    );
    expect(document.text).toBe('Boats\n\nA boat is < a ship.\n\nSmall boats\n\nThey are small.');
    expect(document.headings.map(({ level, title }) => [level, title])).toEqual([
      [1, 'Boats'],
      [2, 'Small boats'],
    ]);
    headingsAreInText(document);
  });

  it('reads tables and notes, and leaves deletions, field codes and doubles out', async () => {
    const run = (xml: string) => `<w:p><w:r>${xml}</w:r></w:p>`;
    const document = await read(
      'a.docx',
      makeDocx(
        `<w:p><w:r><w:t>split wo</w:t></w:r><w:r><w:t>rd</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>${run('<w:instrText>PAGE</w:instrText><w:t>kept</w:t>')}<w:tbl><w:tr><w:tc>${wordParagraph('a')}</w:tc><w:tc>${wordParagraph('b')}</w:tc></w:tr><w:tr><w:tc>${wordParagraph('c')}</w:tc><w:tc>${wordParagraph('d')}</w:tc></w:tr></w:tbl><mc:AlternateContent><mc:Choice>${wordParagraph('once')}</mc:Choice><mc:Fallback>${wordParagraph('twice')}</mc:Fallback></mc:AlternateContent>`,
        {
          'word/footnotes.xml': `<w:footnotes>${wordParagraph('a note')}</w:footnotes>`,
          'docProps/core.xml': '<c><dc:title>My boats</dc:title></c>',
        },
      ),
    );
    expect(document.text).toBe('split word\n\nkept\n\na | b\nc | d\n\nonce\n\na note');
    expect(document.title).toBe('My boats');
  });

  it.each([
    ['a password', 'EncryptedPackage', 'encrypted'],
    ['the old format', 'WordDocument', 'unsupported'],
  ])('with %s says so', async (_, stream, state) => {
    const bytes = new Uint8Array(2048);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes.set(Buffer.from(stream, 'utf16le'), 1024);
    expect(await extractDocument('a.docx', bytes)).toMatchObject({ state });
  });

  it('that is no archive has failed', async () => {
    expect(await extractDocument('a.docx', utf8('not a zip at all'))).toMatchObject({ state: 'failed' });
  });
});

describe('e-mail', () => {
  const message = (headers: string[], body: string) => [...headers, '', body].join('\r\n');

  it('keeps subject, people, date and body, and names attachments', async () => {
    const document = await read(
      'a.eml',
      message(
        [
          'From: =?utf-8?q?J=C3=BCrgen?= <j@x.example>',
          'To: ann@x.example',
          'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
          'Date: Mon, 30 Mar 2026 18:05:00 +0200',
          'MIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=b',
        ],
        '--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nsch=C3=B6n =\r\nhier\r\n--b\r\nContent-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment; filename="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--',
      ),
    );
    expect(document.title).toBe('Grüße');
    expect(document.text).toBe(
      'Grüße\n\nFrom: Jürgen <j@x.example>\nTo: ann@x.example\nDate: Mon, 30 Mar 2026 18:05:00 +0200\n\nschön hier\n\nAttachments: plan.pdf',
    );
  });

  it('reads the HTML of a message that has no text', async () => {
    const eml = message(
      ['From: a@x.example', 'Content-Type: text/html'],
      '<p>Hello <b>Ann</b></p><script>no</script>',
    );
    expect((await read('a.eml', eml)).text).toBe('From: a@x.example\n\nHello Ann');
  });

  it('says that an encrypted message is encrypted', async () => {
    const eml = message(
      [
        'From: a@x.example',
        'Content-Type: application/pkcs7-mime; name="smime.p7m"',
        'Content-Transfer-Encoding: base64',
      ],
      'MIAGCSqGSIb3DQEHA6CAMIACAQAx',
    );
    expect(await extractDocument('a.eml', utf8(eml))).toMatchObject({ state: 'encrypted' });
  });
});

describe('kind', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0, 0, 2, 3, 4, 5, 6]);
  it.each<[string, string | Uint8Array, string]>([
    ['picture.png', png, 'failed'],
    ['picture.txt', png, 'unsupported'],
    ['old.doc', 'text', 'unsupported'],
    ['book.mobi', 'PK', 'unsupported'],
  ])('%s is unsupported, with a reason', async (fileName, content, state) => {
    const outcome = await extractDocument(fileName, typeof content === 'string' ? utf8(content) : content);
    expect(outcome).toMatchObject({ state, reason: expect.stringMatching(/\w{3}.*[.)]$/) });
  });

  it.each([
    ['README', 'plain words', 'text'],
    ['page', '<!DOCTYPE html><p>words', 'html'],
    ['NOTES.MD', '# words', 'markdown'],
    ['server.log', 'words', 'text'],
  ])('%s is told by name or content', async (fileName, content, kind) => {
    expect((await read(fileName, content)).kind).toBe(kind);
  });
});
