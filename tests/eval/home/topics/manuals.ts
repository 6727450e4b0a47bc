/** Manuals of appliances and tools, with their error codes and part numbers. */
import { fact, type Topic } from '../home-document.ts';

export const manuals: Topic = {
  genre: 'technical',
  documents: [
    {
      file: 'manuals/Okuma W8-1400 washing machine.pdf',
      named: ['okuma w8 1400 pdf'],
      date: '2023-02-18',
      title: 'Okuma W8-1400, instructions for use',
      columns: 2,
      body: [
        '## Faults',
        fact('E18: water does not drain; clean the pump filter behind the lower flap.', [
          'identifier',
          'error e-18 washing machine',
        ]),
        fact('E41: the door did not lock; press it firmly and start again.', ['identifier', 'okuma E41']),
        '## Care',
        fact('Run an empty cycle at 90 °C once a month against smells.', [
          'paraphrase',
          'laundry drum stinks, what helps',
        ]),
        fact('Remove the four transit bolts before first use.', [
          'manual',
          'transit bolts removal before first use',
        ]),
      ],
      variants: [
        {
          file: 'manuals/Okuma W7-1200 washing machine.pdf',
          change: [
            ['Okuma W8-1400', 'Okuma W7-1200'],
            [
              'E18: water does not drain; clean the pump filter behind the lower flap',
              'F18: motor too hot; wait half an hour',
            ],
            [
              'E41: the door did not lock; press it firmly and start again',
              'F41: fault of the electronics; ask service',
            ],
            ['once a month against smells', 'twice a year'],
            ['four transit bolts', 'three transit rods'],
          ],
        },
      ],
    },
    {
      file: 'manuals/Bromwell oven BX60.pdf',
      date: '2021-10-20',
      title: 'Bromwell BX60 built-in oven',
      body: [
        fact('To set the clock, hold both outer knobs for three seconds.', [
          'words',
          'set the clock on the bromwell oven',
        ]),
        fact('Pyrolysis heats to 480 °C and takes two hours and a quarter.', [
          'paraphrase',
          'duration of the stove’s self-cleaning programme',
        ]),
        fact('Lamp: 25 W, E14, resistant to 300 °C, part BX-LMP-25.', ['identifier', 'bxlmp25']),
      ],
    },
    {
      file: 'manuals/Halden dishwasher quick guide.html',
      date: '2022-01-05',
      title: 'Halden DW-45 quick guide',
      body: [
        fact('Blinking tap symbol: the inlet hose is kinked or the stopcock is shut.', [
          'paraphrase',
          'dish machine shows flashing faucet',
        ]),
        fact('Water hardness above 14 °dH needs setting H5 for salt.', [
          'manual',
          'salt setting for hard water',
        ]),
      ],
    },
    {
      file: 'manuals/Hartmann boiler user card.odt',
      date: '2021-10-02',
      title: 'Hartmann Condens 24, user card',
      body: [
        fact('Below 0.8 bar open the grey tap until the needle stands at 1.5.', [
          'paraphrase',
          'heating pressure too low, how to refill',
        ]),
        fact('Fault F28 means no ignition; press reset once and wait five minutes.', [
          'identifier',
          'boiler fault f28',
        ]),
      ],
    },
    {
      file: 'manuals/Router FritzLine 7530.md',
      date: '2021-10-13',
      title: 'Router FritzLine 7530',
      tags: ['network', 'wifi-guest'],
      about: [fact('wifi-guest', ['tag', 'guest wifi router notes'])],
      body: [
        fact('Admin page: http://192.168.178.1, password on the sticker in the fuse box.', [
          'identifier',
          '192.168.178.1',
        ]),
        fact('Hold WPS for six seconds and all lamps go dark; that is the factory reset.', [
          'manual',
          'factory reset of the router',
        ]),
        fact('Visitors use the network Alder27, changed every January.', [
          'paraphrase',
          'internet access for friends who stay over',
        ]),
      ],
    },
    {
      file: 'manuals/Lindqvist sewing machine.epub',
      date: '2020-11-11',
      title: 'Lindqvist 310, sewing machine',
      body: [
        '## Thread',
        fact('If loops form below the cloth, thread the upper side again with the foot raised.', [
          'manual',
          'loops below the cloth, sewing machine',
        ]),
        '## Oil',
        fact('One drop in the race after every eight hours of work.', [
          'paraphrase',
          'how often should the sewing tool be lubricated',
        ]),
      ],
    },
    {
      file: 'manuals/Camping stove Firefly.txt',
      date: '2019-06-22',
      short: true,
      body: [
        fact('Never use inside a tent: the flame makes carbon monoxide.', [
          'paraphrase',
          'danger of poisonous gas while camping',
        ]),
        fact('Spare jet, size 0.32, order FF-0032-J.', ['identifier', 'FF0032J']),
      ],
    },
    {
      file: 'manuals/e-bike Velora display.pptx',
      date: '2023-04-08',
      title: 'Velora display, training for dealers',
      body: [
        '## Codes',
        fact('Err 530: the speed sensor sees no magnet on the spoke.', ['identifier', 'velora err530']),
        '## Battery',
        fact('Store the battery at sixty per cent, in a dry place, never below freezing.', [
          'paraphrase',
          'how should one keep the accumulator over winter',
        ]),
      ],
    },
    {
      file: 'manuals/Thermometer probe TK-3.docx',
      date: '2022-12-25',
      title: 'Probe thermometer TK-3',
      body: [
        fact('Hold MODE and UP together to change from °F to °C.', [
          'words',
          'change thermometer from fahrenheit mode',
        ]),
        fact('Calibrate in crushed ice; the reading must be within half a degree.', [
          'typing-error',
          'calibrat in crusehd ice',
        ]),
      ],
    },
    {
      file: 'manuals/Printer Lexon 2240 paper jam.md',
      date: '2023-11-06',
      title: 'Lexon 2240: jams',
      body: [
        fact('Code 62-04: a scrap sits under the fuser; pull the green levers first.', [
          'identifier',
          'lexon 6204',
        ]),
        fact('Toner LX-22BK costs half as much from Inkwell as from the maker.', [
          'paraphrase',
          'cheaper supplier of black cartridges',
        ]),
      ],
    },
  ],
};
