import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { eld } from 'eld/extrasmall';
import { describe, expect, test } from 'vitest';
import { languageScores } from '../../../src-main/words/language/language-scores.ts';
import { ngramTable } from '../../../src-main/words/language/ngram-table.ts';

const tablePath = fileURLToPath(new URL('../ngrams/extrasmall.js', import.meta.resolve('eld/extrasmall')));

const told = (result: { language: string; isReliable(): boolean; getScores(): Record<string, number> }) => ({
  language: result.language,
  isReliable: result.isReliable(),
  scores: result.getScores(),
});

const texts = [
  '',
  'a',
  'ab cd',
  '12345 67,89',
  'The lease ends on the last day of the month, and notice of three months is to be given in writing.',
  'Die Kündigungsfrist beträgt drei Monate zum Monatsende; sie bedarf der Schriftform.',
  "L'avis d'échéance n'est pas dû lorsqu'il s'agit d'un bail qu’elle a résilié aujourd'hui.",
  'Договор заключён на неопределённый срок и может быть расторгнут любой из сторон.',
  'Η μίσθωση λήγει στο τέλος του μήνα.',
  'ينتهي عقد الإيجار في نهاية الشهر',
  'पट्टा महीने के अंत में समाप्त होता है',
  '契約は月末に終了します。',
  'Hợp đồng thuê nhà kết thúc vào cuối tháng.',
  'emoji 😀 and 𝒻𝒶𝓃𝒸𝓎 letters beside plain ones, with a lone \ud83d surrogate',
  'x'.repeat(200),
  `${'donaudampfschifffahrtsgesellschaft'.repeat(3)} und andere`,
  'the quick brown fox jumps over the lazy dog '.repeat(40),
  'Straße und Größe, Übermaß und Ärger '.repeat(40),
  '漢字仮名交じり文'.repeat(60),
];

describe('scores of languages', () => {
  test.each(texts)('are those of eld for “%.30s”', (text) => {
    expect(told(languageScores(text))).toEqual(told(eld.detect(text)));
  });

  test('are those of eld for letters in no order', () => {
    const letters = [
      ..."abcdefghijklmnopqrstuvwxyzäöüßéèàñçøåłşığčřňжийвсдπλςאבעربیहिन्दीกขค中文字かなカ한글'’`-.,;0123 \n  ",
    ];
    let seed = 7;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const random = Array.from({ length: 400 }, () => {
      const some = Array.from({ length: 3 + next(12) }, () => letters[next(letters.length)]!);
      return Array.from({ length: next(600) }, () => some[next(some.length)]!).join('');
    });
    expect(random.map((text) => told(languageScores(text)))).toEqual(
      random.map((text) => told(eld.detect(text))),
    );
  });

  test('come from a table that is the one of eld, n-gram by n-gram', () => {
    const { ngramsData } = createRequire(import.meta.url)(tablePath) as {
      ngramsData: { ngrams: Record<string, Record<string, number>> };
    };
    const { placeOf, counts, numbers, scores } = ngramTable(readFileSync(tablePath, 'utf8'));
    const read = [...placeOf].map(([ngram, first]) => {
      const places = Array.from({ length: counts[first]! }, (_, offset) => first + offset);
      return [ngram, Object.fromEntries(places.map((place) => [numbers[place]!, scores[place]!]))];
    });
    expect(Object.fromEntries(read)).toEqual(ngramsData.ngrams);
  });

  test('a table that is cut off is refused', () => {
    const source = readFileSync(tablePath, 'utf8');
    for (let length = 100_000; length < 100_030; length++)
      expect(() => ngramTable(source.slice(0, length))).toThrow();
    expect(() => ngramTable('')).toThrow();
  });
});
