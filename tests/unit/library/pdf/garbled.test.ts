/** Text whose fonts do not say which characters they draw is left out, and nothing that people write is taken for such text. */
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { isGarbled } from '../../../../src-main/library/readers/pdf/garbled/is-garbled.ts';
import { drawLines, makePdf } from '../../fixtures/make-pdf.ts';

const english =
  'The harbour board met on Tuesday to consider what is to be done about the wall, which has begun to lean. Several members held that it had always leaned, and that nobody had minded until the photograph was printed in the paper. It was agreed to measure it again in the spring and to put up a sign.';

const shifted = (text: string, by: number): string =>
  text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + by + 26) % 26) + 97));

describe('readable text', () => {
  it.each([
    ['English', english],
    [
      'German',
      'Der Vorstand des Hafens trat am Dienstag zusammen, um zu beraten, was mit der Mauer geschehen soll, die sich zu neigen begonnen hat. Mehrere Mitglieder meinten, sie habe sich schon immer geneigt, und niemanden habe das gestört, bis das Bild in der Zeitung stand.',
    ],
    [
      'Polish',
      'Zarząd portu zebrał się we wtorek, aby rozważyć, co należy zrobić z murem, który zaczął się przechylać. Kilku członków twierdziło, że zawsze był przechylony i że nikomu to nie przeszkadzało, dopóki zdjęcie nie ukazało się w gazecie.',
    ],
    [
      'Vietnamese',
      'Ban quản lý cảng đã họp vào thứ Ba để xem xét những việc cần làm với bức tường đã bắt đầu nghiêng. Một số thành viên cho rằng nó luôn luôn nghiêng và không ai để ý cho đến khi bức ảnh được in trên báo. Họ đồng ý sẽ đo lại vào mùa xuân.',
    ],
    [
      'Turkish',
      'Liman kurulu, eğilmeye başlayan duvar için ne yapılması gerektiğini görüşmek üzere salı günü toplandı. Bazı üyeler duvarın her zaman eğik olduğunu ve fotoğraf gazetede basılana kadar kimsenin aldırmadığını söyledi.',
    ],
    [
      'Russian',
      'Правление порта собралось во вторник, чтобы решить, что делать со стеной, которая начала наклоняться. Несколько членов считали, что она всегда была наклонена и что это никого не беспокоило, пока снимок не напечатали в газете.',
    ],
    [
      'Greek',
      'Το συμβούλιο του λιμανιού συνεδρίασε την Τρίτη για να εξετάσει τι πρέπει να γίνει με τον τοίχο, που άρχισε να γέρνει. Αρκετά μέλη υποστήριξαν ότι έγερνε πάντα.',
    ],
    [
      'Arabic',
      'اجتمع مجلس الميناء يوم الثلاثاء للنظر فيما يجب عمله بشأن الجدار الذي بدأ يميل، ورأى عدة أعضاء أنه كان مائلا دائما',
    ],
    [
      'Hebrew',
      'מועצת הנמל התכנסה ביום שלישי כדי לדון במה שיש לעשות בקיר שהחל לנטות, וכמה חברים טענו שתמיד היה נוטה',
    ],
    [
      'Hindi',
      'बंदरगाह मंडल ने मंगलवार को बैठक की ताकि यह विचार किया जा सके कि उस दीवार का क्या किया जाए जो झुकने लगी है',
    ],
    [
      'Chinese',
      '港口委员会于星期二开会，讨论如何处理开始倾斜的墙。几位委员认为它一直是倾斜的，直到照片登在报纸上才有人在意。',
    ],
    [
      'Japanese',
      '港湾委員会は火曜日に会合を開き、傾き始めた壁をどうするか検討した。数人の委員はそれはいつも傾いていたと述べた。',
    ],
    [
      'Korean',
      '항만 위원회는 화요일에 모여 기울기 시작한 벽을 어떻게 할지 논의하였다. 여러 위원은 그것이 언제나 기울어 있었다고 말했다.',
    ],
    ['Thai', 'คณะกรรมการท่าเรือประชุมกันในวันอังคารเพื่อพิจารณาว่าจะทำอย่างไรกับกำแพงที่เริ่มเอียง'],
    [
      'formulas',
      'Let x ∈ ℝⁿ and ∑ᵢ αᵢ xᵢ ≤ β. Then ∂f/∂x = λ ∇g(x), σ²(x) → 0, μ(A ∪ B) = μ(A) + μ(B) − μ(A ∩ B), ∫₀^∞ e^{−λt} dt = 1/λ, ‖x‖₂ ≤ ε, φ: G → H, ker φ = {g ∈ G : φ(g) = e}',
    ],
    [
      'code',
      'const tmp = buf.slice(ptr, ptr + len); for (let i = 0; i < tmp.length; i++) { if (!fn(tmp[i], ctx)) return null; } struct vm_area_struct *vma = find_vma(mm, addr); #define PTR_ERR(x) ((long)(x)) strcmp(argv[1], "--help"); pthread_mutex_lock(&q->mtx); qsort(xs, n, sizeof *xs, cmp); fprintf(stderr, "%s: %d\\n", msg, rc); sqrt(x * x + y * y); printf(fmt, ptr, str, num); import numpy as np; df = pd.read_csv(path); plt.plot(xs, ys)',
    ],
    ['numbers', Array.from({ length: 200 }, (_, index) => String(index * 7919)).join(' ')],
    [
      'keys and sums',
      Array.from({ length: 40 }, (_, index) => `${(index * 2654435761).toString(16)}f9bd3c4b7xk`).join(' '),
    ],
    ['a table of names', `Name Nummer Forster Mark Horn Ein Betrag Summe ${'SUS GmbH 4711 '.repeat(60)}`],
    ['a sequence of bases', 'ACGTTGCAACGGTATCGCTA '.repeat(30)],
    ['bullets of a symbol font', '\uf0b7 a towel \uf0b7 two spoons \uf0b7 patience '.repeat(10)],
  ])('is taken for what it is: %s', (_, text) => {
    expect(isGarbled(text)).toBe(false);
    expect(isGarbled(text.repeat(5))).toBe(false);
  });
});

describe('unreadable text', () => {
  it.each([
    ['an alphabet shifted by one', shifted(english, 1)],
    ['an alphabet shifted back by one', shifted(english, -1)],
    ['an alphabet shifted by eleven', shifted(english, 11)],
    [
      'control characters',
      english.replace(/[a-m]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 96)),
    ],
    [
      'private characters',
      english.replace(/[a-z]/g, (letter) => String.fromCharCode(0xf000 + letter.charCodeAt(0))),
    ],
    [
      'Cyrillic taken for Western European',
      'Ïðàâëåíèå ïîðòà ñîáðàëîñü âî âòîðíèê, ÷òîáû ðåøèòü, ÷òî äåëàòü ñî ñòåíîé, êîòîðàÿ íà÷àëà íàêëîíÿòüñÿ',
    ],
    ['words mixed of scripts', 'ԡϳƌηϧ ϭɻ֙tϣ ψϳѓǣϸ σφуϋtg ϣîgηϧ ķψءξҧb ąəɴtҧ ŋƹφab ϛtуϋ īψǔφի çфɛtж ψxжab'],
  ])('is recognised: %s', (_, text) => {
    expect(isGarbled(text)).toBe(true);
  });
});

describe('documents', () => {
  /** Makes the font's map say that each glyph is the letter `by` places further on. */
  const withBrokenMap = (bytes: Uint8Array, by: number): Uint8Array => {
    const file = Buffer.from(bytes).toString('latin1');
    const broken = file.replace(
      /(beginbfrange\n)([\s\S]*?)(endbfrange)/g,
      (_, start: string, body: string, end: string) =>
        start +
        body.replace(/<(00[67][0-9a-f])>/gi, (_whole, code: string) => {
          const letter = Number.parseInt(code, 16);
          const moved = letter >= 97 && letter <= 122 ? ((letter - 97 + by) % 26) + 97 : letter;
          return `<${moved.toString(16).padStart(4, '0')}>`;
        }) +
        end,
    );
    if (broken === file) throw new Error('The file has no map that could be broken.');
    return Uint8Array.from(Buffer.from(broken, 'latin1'));
  };
  const font = new URL(
    '../../../../node_modules/pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf',
    import.meta.url,
  );
  const lines = english.match(/.{1,70}(?:\s|$)/g)!;
  const draw = (pages: readonly ('garbled' | 'good')[]) =>
    makePdf(
      (pdf) => {
        pages.forEach((kind, index) => {
          if (index > 0) pdf.addPage();
          if (kind === 'good') pdf.font('Helvetica');
          else pdf.font(font.pathname);
          drawLines(pdf.fontSize(10), lines, 60, 60);
        });
      },
      { compress: false },
    );

  it('whose map is right are read', async () => {
    expect(await extractDocument('a.pdf', await draw(['garbled']))).toMatchObject({ state: 'indexed' });
  });

  it('without any readable page wait for text recognition, and say why', async () => {
    const outcome = await extractDocument('a.pdf', withBrokenMap(await draw(['garbled', 'garbled']), 5));
    expect(outcome).toMatchObject({ state: 'scan' });
    expect(outcome.state === 'scan' && outcome.reason).toMatch(/text of its 2 pages cannot be read/);
  });

  it('keep their readable pages, and note the others', async () => {
    const outcome = await extractDocument('a.pdf', withBrokenMap(await draw(['good', 'garbled', 'good']), 5));
    if (outcome.state !== 'indexed') throw new Error(outcome.reason);
    expect(outcome.document.waitingPages).toEqual([2]);
    expect(outcome.document.pages).toHaveLength(3);
    expect(outcome.document.text.match(/harbour board/g)).toHaveLength(2);
    const { start, end } = outcome.document.pages[1]!;
    expect(outcome.document.text.slice(start, end).trim()).toBe('');
  });
});
