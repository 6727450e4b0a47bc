/** The documents of the fake engine: a few of every kind, with text, so that every reader of the page has something to show. */
import type { Document, DocumentText } from '../../../src-main/contract/libraries.ts';
import { makePdf } from './make-pdf.ts';

export interface FakeDocument {
  readonly content: DocumentText;
  readonly bytes: Buffer;
  /** Passages by their place in the text. */
  readonly passages: readonly { start: number; end: number; headingPath: string[] }[];
}

const FOLDER = '/home/ada/Documents';

const leasePages = [
  [
    'Tenancy agreement',
    'between the owner and the tenant of the flat in Harbour Street.',
    '',
    'Parties and premises',
    'The owner lets the flat on the second floor with cellar and garden.',
  ],
  [
    'Term and notice',
    'The lease begins on the first of June and ends on the thirty-first',
    'of May three years later. Either party may give notice in writing',
    'three months before the end of a quarter; a notice by e-mail does not',
    'count. Subletting needs the consent of the owner, who may refuse it',
    'only for a good reason.',
    '',
    'Rent',
    'The rent is due on the third working day of each month.',
  ],
  [
    'Deposit',
    'The deposit is three months of rent and is kept in a separate account.',
    'It is paid back within six weeks of the end of the lease.',
  ],
];

const notes = `# Kitchen garden

## Tomatoes

Water the tomatoes **early in the morning**, at the roots and never over the leaves. Blight comes with wet leaves and warm nights.

## Beans

Runner beans want a trellis. Sow them after the last frost, two to a hole.
`;

const saved = `<!doctype html><html><head><title>Repairing a bicycle wheel</title></head>
<body><h1>Repairing a bicycle wheel</h1>
<p>A wheel that wobbles needs truing. Tighten the spokes on the side opposite to the wobble by a quarter turn at a time.</p>
<p>Check the tension of all spokes by plucking them.</p></body></html>`;

const letter = `From: Grace <grace@example.org>
To: Ada <ada@example.org>
Subject: The boat

Dear Ada, the boat lies in the harbour until October. The key hangs behind the door of the shed.`;

const sheets = `May

Item | Price | Shop
Row 2: Item: Clay | Price: 40 | Shop: Harbour Street
Row 3: Item: Glaze | Price: 18

June

Item | Price | Shop
Row 2: Item: Gas | Price: 9
Row 3: Item: Firewood | Price: 65 | Shop: Sawmill`;

const program = `// How long a kettle takes
export function boilingTime(litres: number): number {
  const perLitre = 240;
  return litres * perLitre; // seconds
}
`;

const invoice = 'Invoice 4711 for the anchor chain, due in thirty days.';

export function fakeDocuments(): FakeDocument[] {
  const lease = leasePages.map((lines) => lines.join('\n')).join('\n\n');
  const pages = leasePages.map((lines, index) => {
    const start = leasePages.slice(0, index).reduce((sum, earlier) => sum + earlier.join('\n').length + 2, 0);
    return { page: index + 1, start, end: start + lines.join('\n').length };
  });
  const htmlText =
    'Repairing a bicycle wheel\n\nA wheel that wobbles needs truing. Tighten the spokes on the side opposite to the wobble by a quarter turn at a time.\n\nCheck the tension of all spokes by plucking them.';
  return [
    make('lease', 'Tenancy agreement', 'contracts/lease.pdf', 'pdf', lease, makePdf(leasePages), pages, [
      ['The lease begins', 'good reason.', ['Term and notice']],
      ['The deposit is', 'of the lease.', ['Deposit']],
    ]),
    make(
      'garden',
      'Kitchen garden',
      'notes/garden.md',
      'markdown',
      notes,
      Buffer.from(notes),
      [],
      [
        ['Water the tomatoes', 'warm nights.', ['Kitchen garden', 'Tomatoes']],
        ['Runner beans', 'to a hole.', ['Kitchen garden', 'Beans']],
      ],
    ),
    make(
      'wheel',
      'Repairing a bicycle wheel',
      'web/wheel.html',
      'html',
      htmlText,
      Buffer.from(saved),
      [],
      [['A wheel that wobbles', 'at a time.', ['Repairing a bicycle wheel']]],
    ),
    make(
      'boat',
      'The boat',
      'mail/boat.eml',
      'email',
      letter,
      Buffer.from(letter),
      [],
      [['Dear Ada', 'the shed.', []]],
    ),
    make(
      'costs',
      'Costs of the studio',
      'studio/costs.xlsx',
      'xlsx',
      sheets,
      Buffer.from(''),
      [],
      [['Row 2: Item: Gas', 'Sawmill', ['June']]],
      [
        { level: 1, title: 'May', start: 0 },
        { level: 1, title: 'June', start: sheets.indexOf('June') },
      ],
    ),
    make(
      'kettle',
      'kettle.ts',
      'code/kettle.ts',
      'code',
      program,
      Buffer.from(program),
      [],
      [['export function boilingTime', '// seconds', ['boilingTime']]],
    ),
    attachment(
      make(
        'invoice',
        'Invoice',
        'mail/boat.eml › invoice.txt',
        'text',
        invoice,
        Buffer.from(invoice),
        [],
        [['Invoice 4711', 'thirty days.', []]],
      ),
    ),
  ];
}

/** Files that ended in some other state than indexed. */
export function fakeProblems(): Document[] {
  const base = fakeDocuments()[0]!.content.document;
  return [
    {
      ...base,
      id: 'locked',
      title: 'statement.pdf',
      relativePath: 'bank/statement.pdf',
      state: 'encrypted',
      reason: 'The file is protected by a password.',
      chunkCount: 0,
    },
    {
      ...base,
      id: 'scan',
      title: 'scan-004.pdf',
      relativePath: 'scans/scan-004.pdf',
      state: 'empty',
      reason: 'The pages are pictures without text.',
      chunkCount: 0,
    },
    {
      ...base,
      id: 'broken',
      title: 'broken.pdf',
      relativePath: 'broken.pdf',
      state: 'failed',
      reason: 'The file is damaged: its page table is missing.',
      chunkCount: 0,
    },
  ];
}

function attachment(document: FakeDocument): FakeDocument {
  const container = { documentId: 'boat', path: `${FOLDER}/mail/boat.eml` };
  return {
    ...document,
    content: { ...document.content, document: { ...document.content.document, container } },
  };
}

type Kind = NonNullable<Document['kind']>;

function make(
  id: string,
  title: string,
  relativePath: string,
  kind: Kind,
  text: string,
  bytes: Buffer,
  pages: DocumentText['pages'],
  passages: readonly (readonly [string, string, string[]])[],
  headings: DocumentText['headings'] = [],
): FakeDocument {
  const document: Document = {
    id,
    folderId: 'f1',
    path: `${FOLDER}/${relativePath}`,
    relativePath,
    title,
    kind,
    sizeBytes: bytes.length,
    modifiedAt: Date.parse('2026-03-14'),
    state: 'indexed',
    reason: null,
    pageCount: pages.length > 0 ? pages.length : null,
    chunkCount: passages.length,
  };
  return {
    content: { document, changedAt: null, text, pages, headings },
    bytes,
    passages: passages.map(([from, to, headingPath]) => ({
      start: text.indexOf(from),
      end: text.indexOf(to, text.indexOf(from)) + to.length,
      headingPath,
    })),
  };
}
