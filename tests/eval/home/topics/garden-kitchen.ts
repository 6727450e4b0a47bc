/** Recipes, the allotment, bees, woodwork, knitting and other pastimes. */
import { fact, type Topic } from '../home-document.ts';

export const gardenKitchen: Topic = {
  genre: 'hobby',
  documents: [
    {
      file: 'kitchen/recipes/Oma Ilse plum dumplings.md',
      date: '2021-09-26',
      title: 'Plum dumplings after Oma Ilse',
      author: 'Ilse Brandt',
      tags: ['dessert', 'grandmother-book'],
      about: [fact('grandmother-book', ['tag', 'grandmother book recipe'])],
      body: [
        fact('Put a sugar lump where the stone was before closing the dough.', [
          'paraphrase',
          'what goes inside the fruit instead of its pit',
        ]),
        fact('Simmer in salted water until they float, then eight minutes more.', [
          'paraphrase',
          'how to tell that the dumplings are cooked',
        ]),
        fact('Roll them in breadcrumbs browned in butter.', ['words', 'breadcrumbs browned in butter']),
      ],
    },
    {
      file: 'kitchen/recipes/dal for a crowd.html',
      date: '2022-01-15',
      title: 'Dal for a crowd',
      body: [
        fact('For twenty people take two kilos of red lentils and five litres of stock.', [
          'words',
          'red lentils for twenty people',
        ]),
        fact('Salt only at the end, or the pulses stay hard.', [
          'paraphrase',
          'why did my lentils not soften',
        ]),
      ],
    },
    {
      file: 'kitchen/recipes/sourdough log.txt',
      named: ['sourdough-log'],
      date: '2020-05-10',
      body: [
        fact('Loaf 14: 78 % water, proved overnight in the cold, best crumb so far.', [
          'words',
          'loaf with the best crumb',
        ]),
        fact('Feed the starter one to five with rye when it smells of nail varnish.', [
          'paraphrase',
          'my yeast culture stinks like solvent',
        ]),
        fact('Loaf 9 stuck to the basket; rice flour next time.', [
          'typing-error',
          'stuck to the baskte rice fluor',
        ]),
      ],
    },
    {
      file: 'kitchen/recipes/fish pie Harlow.docx',
      date: '2019-12-20',
      title: 'Fish pie, Harlow family',
      body: [
        fact('Smoked haddock, prawns and leeks under mashed potato, 200 degrees for forty minutes.', [
          'manual',
          'oven temperature and time for fish pie with smoked haddock',
        ]),
        fact('Grandad Ken’s secret is a spoon of English mustard.', ['person', 'grandad ken secret']),
      ],
    },
    {
      file: 'kitchen/wine cellar.ods',
      date: '2023-12-28',
      sheets: [
        {
          name: 'Bottles',
          rows: [
            ['Rack', 'Wine', 'Year', 'Bottles', 'Remark'],
            ['A1', 'Morgon Côte du Py', 2019, 3, 'from Claire'],
            [
              'A2',
              fact('Riesling Kabinett Saarburg', ['cell', 'riesling saarburg rack']),
              2020,
              6,
              'drink by 2026',
            ],
            [
              'B1',
              'Rioja Reserva',
              2015,
              2,
              fact('keep for Jonas’s eighteenth', ['cell', 'bottle kept for eighteenth birthday']),
            ],
            [
              'B4',
              'Cider, home-made',
              2022,
              11,
              fact('cloudy, use for gravy', ['cell', 'cloudy cider gravy']),
            ],
          ],
        },
      ],
    },
    {
      file: 'garden/allotment diary 2022.org',
      named: ['allotment diary 2022.org'],
      date: '2022-10-30',
      title: 'Allotment diary 2022',
      body: [
        fact('12 May: a late frost took all the courgettes but spared the broad beans.', [
          'date',
          'allotment 12 may frost',
        ]),
        fact('Slugs ate the whole row of lettuce in two nights.', [
          'paraphrase',
          'pest that destroyed the salad',
        ]),
        fact('Swapped seed potatoes with Desmond on plot 41.', ['person', 'desmond plot']),
      ],
    },
    {
      file: 'garden/allotment diary 2021.org',
      date: '2021-11-02',
      title: 'Allotment diary 2021',
      body: [
        '3 May: frost, but everything was under fleece. Few slugs because of the drought. Plot 41 is still empty.',
        fact('The Hokkaido squash weighed 3.9 kilos, our record.', ['typing-error', 'hokaido sqash record']),
      ],
    },
    {
      file: 'garden/allotment/Tenancy plot 38.pdf',
      date: '2020-02-24',
      title: 'Allotment tenancy, plot 38, Ashley Vale',
      body: [
        fact(
          'Rent for plot 38 is £64 a year, due on Lady Day.',
          ['date', 'allotment rent due on 25 march lady day'],
          ['words', 'rent for the allotment plot 38'],
        ),
        fact('Bonfires are allowed from November to February, on Saturdays.', [
          'paraphrase',
          'season when garden waste may be burnt',
        ]),
        fact('Hens may be kept, cockerels may not.', ['paraphrase', 'are chickens permitted on the plot']),
      ],
    },
    {
      file: 'garden/beekeeping/hive records.csv',
      date: '2023-08-12',
      raw: [
        'date,hive,queen,frames of brood,remark',
        '2023-04-16,North,marked blue,5,calm',
        fact('2023-05-21,South,unmarked,7,two swarm cells cut out', ['cell', 'swarm cells hive south']),
        '2023-06-18,North,marked blue,8,super added',
        fact('2023-07-09,South,marked red,6,requeened with Buckfast from Ilminster', [
          'cell',
          'buckfast queen ilminster',
        ]),
        '2023-08-12,North,marked blue,6,11 kg taken',
      ],
    },
    {
      file: 'garden/beekeeping/varroa treatment.md',
      date: '2023-08-30',
      title: 'Varroa treatment',
      tags: ['bees'],
      body: [
        fact('Oxalic acid is trickled once, in December, when there is no brood.', [
          'manual',
          'oxalic acid treatment: month and condition of the colony',
        ]),
        fact('More than ten mites a day on the board means acting at once.', [
          'paraphrase',
          'threshold of parasites at which bees need help',
        ]),
      ],
    },
    {
      file: 'hobby/woodwork/bench plan.pdf',
      date: '2022-02-06',
      title: 'A bench for the cellar',
      body: [
        fact('The top is beech, 65 mm thick, glued with Titebond III.', ['one-word', 'titebond']),
        fact('Height: 89 cm, measured from Tom’s wrist.', ['paraphrase', 'how tall should the worktop be']),
        fact(
          'Drill the dog holes before the glue-up, not after.',
          ['typing-error', 'dril dog hoels before glueup'],
          ['words', 'drill the dog holes'],
        ),
      ],
    },
    {
      file: 'hobby/knitting/Guernsey pattern.rtf',
      date: '2023-01-29',
      title: 'Guernsey for Tom',
      body: [
        fact('Cast on 284 stitches on 2.75 mm needles.', ['identifier', '284 stitches 2.75mm']),
        fact('The ladder pattern begins after sixteen inches of plain rounds.', [
          'manual',
          'where does the ladder pattern begin on the guernsey',
        ]),
      ],
    },
    {
      file: 'hobby/choir/choir newsletter autumn.pdf',
      date: '2023-09-20',
      title: 'Cotham Singers, autumn newsletter',
      columns: 2,
      body: [
        fact('This Christmas we sing Britten’s Ceremony of Carols with harp.', [
          'words',
          'ceremony of carols with harp',
        ]),
        fact('Altos are asked to learn page 18 without the book.', [
          'paraphrase',
          'which passage must the low women’s voices memorise',
        ]),
        fact('The coach to Wells costs £11; names to Bronwen by Friday.', ['person', 'bronwen coach']),
      ],
    },
    {
      file: 'hobby/choir/choir newsletter spring.pdf',
      date: '2024-03-18',
      title: 'Cotham Singers, spring newsletter',
      columns: 2,
      body: [
        fact('The tour to Ghent is from 2 to 6 May; rehearsals move to Mondays.', [
          'date',
          'choir tour 2-6 may',
        ]),
        fact('Our treasurer has found £212 nobody can explain.', [
          'paraphrase',
          'mysterious surplus in the singing club’s accounts',
        ]),
      ],
    },
    {
      file: 'hobby/photo/film development.html',
      date: '2021-04-11',
      title: 'Developing film in the bathroom',
      body: [
        fact('HP5 at 400 in Rodinal 1+50: eleven minutes at 20 degrees.', [
          'manual',
          'development time HP5 rodinal 1+50',
        ]),
        fact('Agitate gently or the sky gets streaks.', ['paraphrase', 'cause of marks on my negatives']),
      ],
    },
    {
      file: 'hobby/books lent.txt',
      date: '2024-04-14',
      short: true,
      body: [
        fact('The Dispossessed is at Greta’s since Easter.', ['person', 'what did greta borrow']),
        fact('Piranesi came back with a coffee ring.', ['one-word', 'piranesi']),
      ],
    },
  ],
};
