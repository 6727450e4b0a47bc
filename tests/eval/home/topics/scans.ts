/** Pages that are pictures of text: scanned letters and receipts, photographed notes. */
import { fact, type HomeDocument, type Topic } from '../home-document.ts';

const scan = (file: string, date: string, ...body: NonNullable<HomeDocument['body']>): HomeDocument => ({
  file,
  date,
  scanned: true,
  short: true,
  body,
});

export const scans: Topic = {
  genre: 'home',
  documents: [
    scan(
      'scans/scan0012.pdf',
      '2018-03-06',
      'City of Bristol, Register Office',
      fact(
        'Certificate of birth, entry 214, Mila Edith Harlow.',
        ['file-name', 'scan0012'],
        ['scan', 'certificate of birth mila edith'],
      ),
    ),
    scan(
      'scans/scan0013.pdf',
      '2018-03-06',
      'Avon Water, leak allowance',
      fact('We have credited £73.60 for the burst pipe of January.', [
        'scan',
        'credit for burst pipe avon water',
      ]),
    ),
    scan(
      'scans/scan0021.pdf',
      '2020-09-30',
      'Clifton Opticians',
      fact('Frame: Harrier 5120, colour tortoise, lenses coated.', ['scan', 'harrier 5120 frame']),
    ),
    scan(
      'scans/Vollmacht Ilse.pdf',
      '2021-12-28',
      'Vollmacht',
      fact('Meine Tochter Nora darf mein Postfach 1180 leeren.', ['scan', 'vollmacht postfach 1180', 'de']),
    ),
    scan(
      'scans/receipt ladder.png',
      '2022-04-23',
      'Gardiner Haskins',
      fact('Ladder, aluminium, 3 m, returned within 30 days only.', ['scan', 'aluminium ladder receipt']),
    ),
    scan(
      'scans/note from Edith.png',
      '2019-11-17',
      'Dear Tom,',
      fact('the christening spoon is in the biscuit tin.', ['scan', 'christening spoon']),
    ),
    scan(
      'scans/guarantee Thorne clock.png',
      '2016-08-01',
      'Thorne & Sons, Clockmakers',
      fact('Movement 8817 overhauled, guaranteed to August 2026.', [
        'scan',
        'clock movement 8817 overhauled',
      ]),
    ),
    scan(
      'scans/carte postale Claire.png',
      '2021-07-30',
      'Annecy',
      fact('Le lac est si froid que seul Bastien se baigne.', [
        'scan',
        'carte postale lac froid bastien',
        'fr',
      ]),
    ),
    scan(
      'scans/scan0034.pdf',
      '2023-01-12',
      'Ashley Vale Allotments',
      fact('Warning: plot 38 is overgrown, inspection on 2 March.', [
        'scan',
        'warning overgrown plot inspection',
      ]),
    ),
    scan(
      'scans/scan0035.pdf',
      '2023-01-13',
      'Brunel Garage Hire',
      fact('Lock-up 19 is let for £58 monthly, payable in advance.', ['scan', 'lock-up 19 monthly']),
    ),
    scan(
      'scans/scan0014.pdf',
      '2018-03-07',
      'Avon Water',
      'Your meter was read on 2 February. No allowance is due.',
    ),
    scan(
      'scans/scan0022.pdf',
      '2020-10-02',
      'Clifton Opticians',
      'Reminder: your spectacles are ready. Please bring this letter.',
    ),
    scan(
      'scans/receipt paint.png',
      '2022-05-07',
      'Gardiner Haskins',
      'Paint, white, 5 l. Brushes. Not returned after opening.',
    ),
    scan(
      'scans/receipt hooks.png',
      '2022-05-19',
      'Gardiner Haskins',
      'Hooks, brass, 12. Screws. Thank you for your visit.',
    ),
    scan(
      'scans/scan0036.pdf',
      '2023-02-20',
      'Ashley Vale Allotments',
      'Key deposit for the lower gate. Please return the key in person.',
    ),
  ],
};
