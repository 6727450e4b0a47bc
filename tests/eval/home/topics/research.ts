/** Papers, drafts and reading notes, written as such things are. */
import { fact, type Topic } from '../home-document.ts';

export const research: Topic = {
  genre: 'research',
  documents: [
    {
      file: 'research/Coriolis low flow paper.tex',
      date: '2023-08-07',
      title: 'Low-flow errors of small Coriolis meters',
      author: 'Arjun Rao',
      body: [
        '## Method',
        fact('Each tube was weighed for ten minutes against a balance with a resolution of 0.1 g.', [
          'manual',
          'resolution of the balance in the low flow experiments',
        ]),
        '## Results',
        fact('Below 4 l/h the error grows to 1.9 % because of zero drift.', [
          'manual',
          'cause of the error at very small flow rates',
        ]),
        fact('Entrained bubbles shift the phase and mimic a higher density.', [
          'paraphrase',
          'effect of trapped air on what the instrument measures',
        ]),
      ],
    },
    {
      file: 'research/Ultrasonic clamp-on survey.pdf',
      date: '2022-06-30',
      title: 'Clamp-on ultrasonic metering: a survey',
      author: 'B. Holm and A. Rao',
      columns: 2,
      body: [
        '## Abstract',
        fact('We compare nine clamp-on meters on steel and on PVC.', [
          'words',
          'nine clamp-on meters compared',
        ]),
        '## Discussion',
        fact('Rust inside old pipes scatters the beam and makes half of the devices give up.', [
          'paraphrase',
          'why do corroded tubes disturb acoustic sensors',
        ]),
        fact(
          'Coupling gel dried out after fourteen months in the boiler room.',
          ['typing-error', 'cuopling gel dryed out'],
          ['manual', 'lifetime of the coupling gel on site'],
        ),
      ],
    },
    {
      file: 'research/notes/reading notes habit.md',
      date: '2021-03-03',
      title: 'Reading notes on habits',
      author: 'Nora Brandt',
      tags: ['psychology', 'lally-2010'],
      about: [fact('lally-2010', ['tag', 'lally 2010'])],
      body: [
        fact('On average it took 66 days until the act felt automatic.', [
          'paraphrase',
          'how long before a new routine sticks',
        ]),
        fact('Missing a single day did no harm to the curve.', [
          'paraphrase',
          'does one skipped exercise ruin progress',
        ]),
      ],
    },
    {
      file: 'research/notes/translation theory.org',
      date: '2020-10-12',
      title: 'Notes on translation',
      body: [
        fact('Schleiermacher: move the reader towards the author, or the author towards the reader.', [
          'person',
          'schleiermacher',
        ]),
        fact('Legal German nests four clauses where English wants a full stop.', [
          'words',
          'legal german clauses',
        ]),
      ],
    },
    {
      file: 'research/survey operators/Interview 07.rtf',
      date: '2023-03-21',
      title: 'Interview 07, brewery, night shift',
      body: [
        fact('I cover the screen with tape because it dazzles me at three in the morning.', [
          'paraphrase',
          'worker hides the monitor as it is too bright',
        ]),
        fact('Nobody showed me the menu; I learnt it from the cleaner.', [
          'typing-error',
          'lernt it from the claener',
        ]),
      ],
    },
    {
      file: 'research/survey operators/Interview 11.rtf',
      date: '2023-03-29',
      title: 'Interview 11, dairy, day shift',
      body: [
        'The knobs are good, I can turn them with gloves. The screen is too small for my eyes.',
        fact('We write the numbers on the wall, since paper gets wet.', [
          'paraphrase',
          'where does the milk plant record its readings',
        ]),
      ],
    },
    {
      file: 'research/thesis Yusuf chapter 3.tex',
      named: ['thesis yusuf chapter 3'],
      date: '2019-09-02',
      title: 'Energy use of sleeping sensors',
      author: 'Yusuf Demir',
      body: [
        fact('A node that wakes every ninety seconds lives for 6.2 years on one lithium cell.', [
          'manual',
          'battery life of a node waking every ninety seconds',
        ]),
        fact('Table 3.4 lists leakage currents of eleven capacitors.', ['one-word', 'capacitors']),
      ],
    },
    {
      file: 'research/swift survey 2021.html',
      date: '2021-07-25',
      title: 'Swifts in our street, count of 2021',
      body: [
        fact('Twenty-three nests, all of them under the tiles of the even numbers.', [
          'paraphrase',
          'on which side of the road did the birds breed',
        ]),
        fact('The last birds left in the night of 4 August.', ['date', 'swifts left 4th of August']),
      ],
      variants: [
        {
          file: 'research/swift survey 2019.html',
          change: [
            ['count of 2021', 'count of 2019'],
            [
              'Twenty-three nests, all of them under the tiles of the even numbers',
              'Nineteen nests on both sides',
            ],
            ['in the night of 4 August', 'on 30 July'],
          ],
        },
      ],
    },
    {
      file: 'research/history of 27 Alder Street.docx',
      date: '2022-11-20',
      title: 'Who lived at 27 Alder Street',
      author: 'Nora Brandt',
      body: [
        fact('In 1881 a corset maker named Philippa Stroud lived here with five lodgers.', [
          'person',
          'philippa stroud',
        ]),
        fact('A bomb fell through the roof in 1941 and did not go off.', [
          'paraphrase',
          'did the building suffer in the war',
        ]),
      ],
    },
    {
      file: 'research/Pump efficiency white paper.epub',
      date: '2020-08-18',
      title: 'Pumps that waste little',
      body: [
        '## Speed',
        fact('Halving the speed cuts the power to about an eighth.', [
          'paraphrase',
          'how much energy is saved by running a motor slowly',
        ]),
        '## Wear',
        fact('Cavitation sounds like gravel and eats the impeller within weeks.', ['one-word', 'cavitation']),
      ],
    },
  ],
};
