/** Small office documents of the kinds that need no archive or hardly any part of one. */
import { strToU8 } from 'fflate';
import { zipOf } from '../zip-of.ts';
import type { FormatSample } from './format-sample.ts';

const test = 'tests/unit/library/formats/office.test.ts';

const slide = (title: string, text: string, notes = '') =>
  `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${title}</text:p></draw:text-box></draw:frame>
   <draw:frame><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame><presentation:notes><text:p>${notes}</text:p><text:p><text:page-number>7</text:page-number></text:p></presentation:notes></draw:page>`;

export const officeSamples = {
  rtf: {
    fileName: 'boats.rtf',
    bytes: () =>
      strToU8(
        String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}}
{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title Of boats}{\author Ann Ames}{\operator nobody}{\creatim\yr2024\mo5\dy17\hr9\min30}}
{\*\generator Msftedit;}\pard\plain\s1 Boats\par\pard\plain A b\'f6at is small {\b split} wo{\i rd}.\line {\f1 \'eb\'ee\'e4\'ea\'e0}\par
{\v hidden}{\pict 89504e47}\trowd\pard\intbl Hull\cell Oak\cell\row\pard The end \u-10179?\u-9215?.\par}`,
      ),
    finds: ['A böat is small', 'split word.', 'лодка', 'Hull | Oak', '🐁'],
    headings: ['Boats'],
    title: 'Of boats',
    test,
  },
  odp: {
    fileName: 'talk.odp',
    bytes: () =>
      zipOf({
        'content.xml': `<office:body><office:presentation>${slide('Plan', 'Two rooms and a kiln', 'Say it slowly')}${slide('Costs', 'Nine hundred')}</office:presentation></office:body>`,
      }),
    finds: ['Two rooms and a kiln', 'Say it slowly', 'Nine hundred'],
    headings: ['Plan', 'Costs'],
    test,
  },
} satisfies Partial<Record<string, FormatSample>>;
