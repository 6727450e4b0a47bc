/** Doctors, dentists, the vet, vaccinations and allergies. */
import { fact, type Topic } from '../home-document.ts';

export const health: Topic = {
  genre: 'letters',
  documents: [
    {
      file: 'health/Mila/allergy clinic letter 2023.pdf',
      date: '2023-06-06',
      title: 'Paediatric allergy clinic, Mila Harlow',
      body: [
        'Dear Dr Baines, thank you for referring this nine-year-old girl, whom we saw with her mother.',
        fact(
          'Skin prick testing was positive for hazelnut and birch, negative for peanut.',
          ['typing-error', 'skin prik test hazlenut'],
          ['words', 'skin prick testing hazelnut peanut'],
        ),
        fact('She should carry two adrenaline pens at all times.', [
          'paraphrase',
          'which emergency medicine must our daughter have with her',
        ]),
        fact('NHS number 943 476 5919.', ['identifier', '9434765919']),
        'We will see her again in twelve months.',
      ],
      variants: [
        {
          file: 'health/Mila/allergy clinic letter 2021.pdf',
          change: [
            ['hazelnut and birch, negative for peanut', 'grass pollen only'],
            ['She should carry two adrenaline pens at all times', 'No adrenaline is needed'],
            ['NHS number 943 476 5919', 'NHS number: see file'],
            ['nine-year-old', 'seven-year-old'],
          ],
        },
      ],
    },
    {
      file: 'health/Jonas/orthodontist plan.docx',
      named: ['orthodontistplan'],
      date: '2024-03-05',
      title: 'Treatment plan, Jonas Harlow',
      body: [
        fact('Fixed braces on both arches for about eighteen months, starting in May 2024.', [
          'paraphrase',
          'how long will my son have to wear wires on his teeth',
        ]),
        fact('Dr Mehmet Aksoy needs a new panoramic picture before the start.', ['person', 'aksoy']),
        fact('Missed appointments cost £40.', ['words', 'cost of missed appointments orthodontist']),
      ],
    },
    {
      file: 'health/Jonas/broken wrist A&E discharge.pdf',
      date: '2022-07-16',
      title: 'Emergency department discharge summary',
      body: [
        fact('Buckle fracture of the left distal radius after a fall from a skateboard.', [
          'paraphrase',
          'what happened to Jonas when he broke his wrist',
        ]),
        fact(
          'Attended on 16/07/2022 at 18:42; seen by Dr L. Farrow.',
          ['date', 'emergency department sixteenth of July 2022'],
          ['date', 'A&E discharge 16 July 2022'],
        ),
        fact('Keep the splint on for three weeks; no sport for six.', [
          'typing-error',
          'spilnt on for three weaks',
        ]),
      ],
    },
    {
      file: 'health/Nora/eye test 2024.html',
      date: '2024-08-08',
      title: 'Your prescription',
      body: [
        fact('Right -2.75, left -3.25, add +1.00.', ['identifier', '-3.25']),
        fact('Your pressure was a little raised; please return in six months.', [
          'paraphrase',
          'optician wants a further check because of borderline glaucoma reading',
        ]),
      ],
    },
    {
      file: 'health/Tom/blood results March.txt',
      date: '2024-03-27',
      short: true,
      body: [
        fact('Ferritin 18 ug/L (low), haemoglobin 131 g/L.', ['one-word', 'ferritin']),
        fact('Tablets twice daily with orange juice, retest in June.', [
          'paraphrase',
          'how to take the iron supplements',
        ]),
      ],
    },
    {
      file: 'health/vaccinations.csv',
      named: ['vaccinations.csv'],
      date: '2024-10-21',
      raw: [
        'who,vaccine,date,batch,place',
        'Nora,influenza,2022-10-14,FX2210,Baldwin Pharmacy',
        fact('Tom,hepatitis A,2023-02-03,HA-77Q10,Travel clinic', ['cell', 'hepatitis vaccine tom']),
        fact('Mila,MMR second dose,2018-09-26,MR0418,Dr Baines', ['cell', 'second measles jab mila']),
        fact('Jonas,tetanus booster,2024-10-21,TD-3391,School nurse', [
          'cell',
          'when was the tetanus booster',
        ]),
        'Nora,influenza,2023-10-11,FX2314,Baldwin Pharmacy',
        'Tom,influenza,2023-10-11,FX2314,Baldwin Pharmacy',
      ],
    },
    {
      file: 'health/dentist reminder.eml',
      date: '2024-01-15',
      mails: [
        {
          from: 'Redland Dental <desk@redlanddental.example>',
          to: 'Tom Harlow <tom@harlow.example>',
          subject: 'Time for your check-up',
          sent: '2024-01-15T08:05',
          body: [
            'Dear Mr Harlow, it is a year since we last saw you.',
            fact('Your hygienist Ffion has kept Thursday 8 February at 7.40 free for you.', [
              'person',
              'appointment with ffion',
            ]),
            fact('The crown on your lower molar is guaranteed until 2031.', [
              'manual',
              'guarantee of the crown on the lower molar',
            ]),
          ],
        },
      ],
    },
    {
      file: 'health/cat/vet Pepper 2023-05.odt',
      date: '2023-05-23',
      title: 'Pepper, consultation',
      body: [
        fact('Pepper weighs 5.8 kg, which is one too many.', ['paraphrase', 'is our cat overweight']),
        fact('Thyroid tablets: half of a 2.5 mg one, morning and evening.', [
          'words',
          'half thyroid tablets morning and evening',
        ]),
        fact('Microchip 826 0980 1234 7761 was read again.', ['identifier', '826098012347761']),
      ],
    },
    {
      file: 'health/cat/cattery Long Ashton.eml',
      date: '2023-07-01',
      mails: [
        {
          from: 'Long Ashton Cattery <hello@lacats.example>',
          to: 'Nora Brandt <nora@brandt.example>',
          subject: 'Pepper’s stay',
          sent: '2023-07-01T17:20',
          body: [
            'Hi Nora, lovely to have Pepper back this summer.',
            fact('Please bring her vaccination card and the blanket she sleeps on.', [
              'paraphrase',
              'things to pack for the kitty’s boarding',
            ]),
            fact('Pen 12 is reserved from 22 July to 5 August.', ['date', 'cattery 22 july']),
          ],
        },
      ],
    },
    {
      file: 'health/first aid course notes.md',
      date: '2022-03-19',
      title: 'First aid course',
      tags: ['safety', 'red-cross-saturday'],
      about: [fact('red-cross-saturday', ['tag', 'red cross saturday'])],
      body: [
        fact('Cool a burn under running water for twenty minutes before anything else.', [
          'paraphrase',
          'what to do first after touching a hot pan',
        ]),
        fact('Recovery position: far arm across, far knee up, roll towards you.', [
          'manual',
          'steps of the recovery position',
        ]),
        fact('The yellow bag in the hall holds foil, gauze and the shears.', [
          'paraphrase',
          'where do we keep bandages and scissors',
        ]),
      ],
    },
    {
      file: 'health/physio exercises.pptx',
      date: '2023-09-09',
      title: 'Exercises for the lower back',
      body: [
        '## Morning',
        fact('Bird dog, three sets of eight, slowly.', ['one-word', 'bird-dog']),
        '## Evening',
        fact('Stop if pain runs down the leg, and ring 0117 496 0755.', [
          'paraphrase',
          'warning sign during the back gymnastics',
        ]),
      ],
    },
  ],
};
