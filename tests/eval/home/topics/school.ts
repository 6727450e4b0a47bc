/** School letters, timetables, clubs, music lessons and birthday parties. */
import { fact, type Topic } from '../home-document.ts';

export const school: Topic = {
  genre: 'letters',
  documents: [
    {
      file: 'school/2023-24/Letter residential trip Year 5.pdf',
      date: '2023-11-24',
      title: 'Residential trip to Pencelli',
      body: [
        'Dear parents and carers, Year 5 will again spend three nights in the Brecon Beacons.',
        fact(
          'The coach leaves on Monday 20 May at 8.15 sharp from the lower gate.',
          ['typing-error', 'coach leavs lower gaet'],
          ['words', 'when does the coach leave for the residential trip'],
        ),
        fact('Each child needs a torch, wellingtons and a named water bottle.', [
          'paraphrase',
          'packing for the Beacons school camp',
        ]),
        fact('The cost is £186, in three parts, by 1 December, 1 February and 1 April.', [
          'date',
          'instalment due 1 february school',
        ]),
        fact('Mobile phones stay at home; staff carry one for emergencies.', [
          'paraphrase',
          'may pupils bring their handsets',
        ]),
      ],
      variants: [
        {
          file: 'school/2022-23/Letter residential trip Year 5.pdf',
          change: [
            ['Monday 20 May at 8.15 sharp from the lower gate', 'Wednesday 17 May at 9.00 from the car park'],
            ['a torch, wellingtons and a named water bottle', 'a sleeping bag and trainers'],
            ['£186, in three parts, by 1 December, 1 February and 1 April', '£172, in one part, by 15 March'],
            ['stay at home; staff carry one for emergencies', 'are handed in each evening'],
          ],
        },
      ],
    },
    {
      file: 'school/head lice again.txt',
      date: '2024-01-22',
      short: true,
      body: [
        fact('Comb with conditioner every third evening until nothing moves any more.', [
          'paraphrase',
          'how do we get rid of nits',
        ]),
      ],
    },
    {
      file: 'school/2023-24/Report Jonas summer term.docx',
      date: '2024-07-12',
      title: 'Report, Jonas Harlow, Year 9',
      body: [
        fact('Chemistry: Jonas argues well but forgets his goggles.', ['words', 'chemistry report goggles']),
        fact('History: an outstanding essay on the Peasants’ Revolt.', [
          'paraphrase',
          'what did the teacher praise about the medieval rebellion paper',
        ]),
        fact('Attendance 96.2 %, two lates.', ['identifier', '96.2']),
      ],
      variants: [
        {
          file: 'school/2023-24/Report Jonas spring term.docx',
          change: [
            ['argues well but forgets his goggles', 'works carefully at the bench'],
            ['an outstanding essay on the Peasants’ Revolt', 'a fair test on the Black Death'],
            ['Attendance 96.2 %, two lates', 'Attendance 98.9 %, no lates'],
          ],
        },
      ],
    },
    {
      file: 'school/Timetable Mila 5B.xlsx',
      named: ['timetable mila 5b'],
      date: '2023-09-04',
      sheets: [
        {
          name: '5B',
          rows: [
            ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
            ['9.00', 'Maths', 'English', 'Maths', 'Science', 'English'],
            [
              '10.40',
              'English',
              fact('Recorder group in the hut', ['cell', 'recorder group hut']),
              'PE',
              'Maths',
              'Art',
            ],
            [
              '13.15',
              fact('Swimming, bring goggles and £1', ['cell', 'which day is swimming 5b']),
              'History',
              'French',
              'Music',
              'Assembly',
            ],
          ],
        },
      ],
    },
    {
      file: 'school/Timetable Mila 4B.xlsx',
      date: '2022-09-05',
      sheets: [
        {
          name: '4B',
          rows: [
            ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
            ['9.00', 'English', 'Maths', 'Topic', 'Maths', 'English'],
            ['13.15', 'Music', 'Forest school', 'Gym', 'Science', 'Assembly'],
          ],
        },
      ],
    },
    {
      file: 'school/music/cello hire agreement.pdf',
      date: '2022-09-15',
      title: 'Instrument hire, Bristol Music Trust',
      body: [
        fact('Half-size cello, number BMT-C-0457, hired to Mila Harlow.', ['identifier', 'BMT C 457']),
        fact('The hire costs £17 a term and ends when the child outgrows the instrument.', [
          'paraphrase',
          'what do we pay for borrowing the small string bass',
        ]),
        fact('Broken strings are replaced free of charge twice a year.', [
          'manual',
          'replacement of broken strings under the hire agreement',
        ]),
      ],
    },
    {
      file: 'school/music/lessons Rosalind.eml',
      date: '2023-01-10',
      mails: [
        {
          from: 'Rosalind Achterberg <ros@cellolessons.example>',
          to: 'Nora Brandt <nora@brandt.example>',
          subject: 'Lessons this term',
          sent: '2023-01-10T20:41',
          body: [
            'Dear Nora, happy new year to all of you!',
            fact('I shall move Mila from Wednesdays to Fridays, half past four, my house.', [
              'person',
              'rosalind achterberg new lesson day',
            ]),
            fact('For the Suzuki recital she could play Gavotte from book three.', ['one-word', 'gavotte']),
          ],
        },
      ],
    },
    {
      file: 'school/chess club.html',
      date: '2023-10-02',
      title: 'Chess club',
      body: [
        fact('Members meet on Thursdays in the library from 3.20 to 4.30.', [
          'paraphrase',
          'when do the young grandmasters get together',
        ]),
        fact('The county match against Gloucester is on 2 March.', ['words', 'county match gloucester']),
      ],
    },
    {
      file: 'school/party/Mila turns nine.md',
      date: '2024-02-17',
      title: 'Mila turns nine',
      tags: ['birthday', 'octopus-theme'],
      about: [fact('octopus-theme', ['tag', 'octopus theme'])],
      body: [
        fact('Guests: Ada, Theo, Wren, Kofi, both Lunds and Saskia.', [
          'paraphrase',
          'which friends were invited to the birthday',
        ]),
        fact('Theo may not eat gluten; Wren is a vegetarian.', ['words', 'who may not eat gluten']),
        fact('Balloon man: Colin, £65 for an hour, cash.', ['person', 'colin balloon']),
      ],
    },
    {
      file: 'school/party/Mila turns eight.md',
      date: '2023-02-19',
      title: 'Mila turns eight',
      body: [
        'Guests: Ada, Mo, Saskia and the Petrides twins. Nobody had allergies this year.',
        fact('The bowling alley wanted a deposit of £30 and lost our booking.', [
          'words',
          'bowling alley lost our booking',
        ]),
      ],
    },
    {
      file: 'school/2024-25/phone contract Jonas.odt',
      date: '2024-09-01',
      title: 'Our agreement about the telephone',
      body: [
        fact('It sleeps in the kitchen from nine, also on weekends.', [
          'paraphrase',
          'where must the smartphone be at bedtime',
        ]),
        fact('Signed by Jonas, with a reservation about Saturdays.', [
          'typing-error',
          'reservaton abuot saturdays',
        ]),
      ],
    },
    {
      file: 'school/2024-25/school dinner menu.pptx',
      date: '2024-09-16',
      title: 'Dinner menu, autumn',
      body: [
        '## Week 1',
        fact('Tuesday: fish goujons, peas, and flapjack.', ['words', 'which day are fish goujons']),
        '## Week 2',
        fact('Thursday: jackfruit curry with rice.', ['one-word', 'jackfruit']),
      ],
    },
    {
      file: 'school/governors/minutes governors 2024-02-19.docx',
      date: '2024-02-19',
      title: 'Minutes, board of governors',
      body: [
        fact('The board agreed to close the footpath gate at dusk.', [
          'date',
          'governors minutes 19.02.2024',
        ]),
        fact('Mr Oduya will look for a caretaker who can start after Easter.', ['person', 'oduya']),
        fact('The roof of the gym will be renewed with grant SCA-2291.', ['identifier', 'grant SCA2291']),
      ],
    },
  ],
};
