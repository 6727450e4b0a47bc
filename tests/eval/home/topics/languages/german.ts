/** German papers: grandmother's flat in Kassel, her doctor, and mail from there. */
import { fact, type Topic } from '../../home-document.ts';

export const german: Topic = {
  genre: 'letters',
  language: 'de',
  documents: [
    {
      file: 'Oma/2023-11-04 Rechnung Stadtwerke.pdf',
      named: ['2023-11-04 Rechnung Stadtwerke'],
      date: '2023-11-04',
      title: 'Jahresrechnung Strom und Gas',
      body: [
        'Sehr geehrte Frau Brandt, für die Wohnung Querallee 40 in Kassel rechnen wir wie folgt ab.',
        fact('Sie erhalten ein Guthaben von 138,72 Euro zurück.', [
          'cross-language',
          'how much did the municipal utility refund to grandma',
          'en',
        ]),
        fact('Der neue Abschlag beträgt 96 Euro und ist ab Dezember fällig.', [
          'language',
          'wie hoch ist der neue Abschlag',
        ]),
        fact('Zählernummer 1EMH00 4471 8823, Kundennummer 70-118-554.', ['identifier', '70118554']),
      ],
      variants: [
        {
          file: 'Oma/2022-11-07 Rechnung Stadtwerke.pdf',
          change: [
            ['ein Guthaben von 138,72 Euro zurück', 'eine Forderung über 211,05 Euro'],
            ['96 Euro und ist ab Dezember', '112 Euro und ist ab Januar'],
            ['Kundennummer 70-118-554', 'Kundennummer siehe oben'],
          ],
        },
      ],
    },
    {
      file: 'Oma/Mietvertrag Querallee 40.pdf',
      date: '1998-04-20',
      title: 'Mietvertrag über Wohnraum',
      body: [
        fact(
          'Kleinreparaturen trägt die Mieterin bis zu 75 Euro im Einzelfall.',
          ['typing-error', 'Kleinrepraturen Mietrin'],
          ['language', 'bis zu welchem Betrag trägt die Mieterin Kleinreparaturen'],
        ),
        fact('Das Halten eines Hundes ist gestattet, solange sich niemand beschwert.', [
          'paraphrase',
          'darf Oma ein Haustier anschaffen',
        ]),
        fact('Zur Wohnung gehört der Kellerraum Nummer 9.', [
          'cross-language',
          'which cellar belongs to ilse’s flat',
          'en',
        ]),
      ],
    },
    {
      file: 'Oma/Arztbrief Kardiologie.docx',
      date: '2024-02-13',
      title: 'Arztbrief',
      body: [
        fact('Wir empfehlen Ramipril 5 mg morgens und eine Kontrolle in drei Monaten.', [
          'cross-language',
          'what dose of ramipril does grandmother take',
          'en',
        ]),
        fact('Langzeit-EKG vom 12. Februar 2024: keine Pausen, vereinzelt Extraschläge.', [
          'date',
          'Langzeit EKG 12.2.2024',
        ]),
        fact('Dr. Annegret Thielemann ist mittwochs nicht zu erreichen.', ['person', 'Thielemann']),
      ],
    },
    {
      file: 'Oma/Pflegedienst Vereinbarung.odt',
      date: '2024-06-03',
      title: 'Vereinbarung mit dem Pflegedienst Fuldatal',
      body: [
        fact('Schwester Radka kommt montags und freitags gegen acht Uhr.', [
          'language',
          'an welchen Tagen kommt Schwester Radka',
        ]),
        fact('Wird ein Besuch nicht bis zum Vorabend abgesagt, berechnen wir ihn.', [
          'paraphrase',
          'muss man Termine zahlen, die man zu spät storniert',
        ]),
      ],
    },
    {
      file: 'Oma/Gartenverein Protokoll 2023.docx',
      date: '2023-03-25',
      title: 'Protokoll der Mitgliederversammlung',
      body: [
        fact(
          'Das Wasser wird am 15. Oktober abgestellt.',
          ['typing-error', 'Waser abgestelt Oktber'],
          ['language', 'wann wird im Verein das Wasser abgestellt'],
        ),
        fact('Herr Siebert bekommt für den Häcksler 120 Euro aus der Kasse.', [
          'typing-error',
          'Hr Siebret Häksler',
        ]),
        fact('Hecken dürfen höchstens eins fünfundzwanzig hoch sein.', [
          'cross-language',
          'maximum height of hedges in the garden club',
          'en',
        ]),
      ],
    },
    {
      file: 'Oma/Rouladen.md',
      date: '2019-12-08',
      language: 'de',
      title: 'Rouladen',
      tags: ['Sonntagsessen'],
      about: [fact('Sonntagsessen', ['tag', 'Sonntagsessen'])],
      body: [
        fact('Senf dünn aufstreichen, Gurke längs, dann fest wickeln und mit Nadeln stecken.', [
          'cross-language',
          'how to fill beef rolls with mustard and gherkin',
          'en',
        ]),
        fact('Zwei Stunden schmoren lassen, den Deckel nie ganz schließen.', [
          'language',
          'Rouladen wie lange schmoren',
        ]),
      ],
    },
    {
      file: 'Oma/Brief an Nora Weihnachten.txt',
      date: '2022-12-19',
      title: 'Liebe Nora',
      body: [
        fact('Das Silberbesteck soll einmal Mila bekommen, nicht Jonas.', [
          'cross-language',
          'who shall inherit the silver cutlery',
          'en',
        ]),
        fact('Der Nachbar hat mir den Baum getragen, ganz ohne zu murren.', [
          'paraphrase',
          'wer half Oma mit der Tanne',
        ]),
      ],
    },
    {
      file: 'Oma/Bahn Kassel Bristol.eml',
      date: '2024-08-21',
      mails: [
        {
          from: 'Reisezentrum Wilhelmshöhe <info@reisezentrum.example>',
          to: 'Ilse Brandt <ilse@brandt.example>',
          subject: 'Ihre Fahrt nach England',
          sent: '2024-08-21T10:10',
          body: [
            fact(
              'Auftrag 7QK4MD: Umstieg in Brüssel mit zwei Stunden Aufenthalt.',
              ['identifier', '7QK-4MD'],
              ['cross-language', 'how long does ilse wait in brussels for the next train', 'en'],
            ),
            fact('Ein Rollstuhl steht am Gleis 3 bereit.', [
              'language',
              'an welchem Gleis steht der Rollstuhl',
            ]),
          ],
        },
      ],
    },
    {
      file: 'office/Lieferant Lübeck Angebot.html',
      date: '2023-11-28',
      title: 'Angebot Schaltkontakte',
      body: [
        fact('Ab 500 Stück gewähren wir sieben Prozent Rabatt auf Reedkontakte.', [
          'cross-language',
          'quantity discount for reed switches',
          'en',
        ]),
        fact('Angebot AN-23-8841 gilt bis Ende Januar.', ['identifier', 'AN238841']),
      ],
    },
    {
      file: 'Oma/Bedienung Hörgerät.pdf',
      date: '2023-07-14',
      title: 'Kurzanleitung Hörsystem Auris 4',
      body: [
        fact('Dreimal piepsen bedeutet, dass die Batterie noch eine Stunde hält.', [
          'language',
          'was bedeutet dreimal piepsen beim Hörsystem',
        ]),
        fact('Nachts im Trockenbeutel aufbewahren.', [
          'paraphrase',
          'wohin mit der Hörhilfe während des Schlafs',
        ]),
      ],
    },
  ],
};
