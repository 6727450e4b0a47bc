import { describe, expect, test } from 'vitest';
import { analyseQuestion } from '../../../src-main/words/analyse-question.ts';
import { analyseText, indexedTerms } from '../../../src-main/words/analyse-text.ts';

const terms = (text: string, language: string | null = 'en') => indexedTerms(text, language).split(' ');

describe('the terms of a text', () => {
  test.each([
    ['a stem stands for all forms of a word', 'leases Leasing leased', 'en', ['leas', 'leas', 'leas']],
    ['stems are those of the language', 'Kündigungen', 'de', ['kundig']],
    ['Russian is stemmed', 'договоров аренды', 'ru', ['договор', 'аренд']],
    ['an unknown language keeps its words', 'foo bars', null, ['foo', 'bars']],
    ['Chinese is cut into pairs of characters', '租约结束', 'zh', ['租约', '约结', '结束']],
    ['a Korean word is found without its particle', '서울에서', 'ko', ['서울에서', '서울', '울에', '에서']],
    ['Thai is cut by a dictionary', 'ผมชอบกินข้าว', 'th', ['ผม', 'ชอบ', 'กิน', 'ข้าว']],
    ['full width and half width are one', 'ＡＢＣ１２', 'ja', ['abc12', 'abc']],
  ])('%s', (_, text, language, expected) => {
    expect(terms(text, language)).toEqual(expected);
  });

  test.each([
    ['résilié', 'resilie', 'fr'],
    ['Straße', 'strasse', 'de'],
    ['Łódź', 'lodz', 'pl'],
    ['كِتَاب', 'كتاب', 'ar'],
    ['e-mail', 'email', 'en'],
    ['E-4711', 'E4711', 'en'],
    ['E 4711', 'e4711', 'en'],
    ['5Q0 819 653', '5Q0819653', 'de'],
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'de'],
    ['1.234,56', '1,234.56', 'de'],
    ['(030) 1234 567', '0301234567', 'de'],
    ['parseHTTPHeader', 'header', 'en'],
    ['TAMReview', 'review', 'en'],
    ['snake_case_name', 'case', 'en'],
    ['issue-312', '312', 'en'],
    ['Kündigungsfrist', 'Kündigung', 'de'],
    ['Nebenkostenabrechnung', 'Nebenkosten', 'de'],
    ['Nebenkostenabrechnung', 'Abrechnung', 'de'],
    ['huurovereenkomst', 'overeenkomst', 'nl'],
    ['huslejekontrakt', 'husleje', 'da'],
    ['opsigelsesvarsel', 'opsigelse', 'da'],
    ['forsikringsselskab', 'selskab', 'da'],
    ['husleiekontrakt', 'husleie', 'no'],
    ['forsikringsselskap', 'selskap', 'no'],
    ['hyreskontrakt', 'kontrakt', 'sv'],
    ['försäkringsbolag', 'försäkring', 'sv'],
  ])('“%s” is found by “%s”', (text, asked, language) => {
    const held = new Set(terms(text, language));
    expect(terms(asked, language).some((term) => held.has(term))).toBe(true);
  });

  test.each([
    ['E-4711', 'e4711'],
    ['E\u20104711', 'e4711'],
    ['E\u20114711', 'e4711'],
    ['E\u20134711', 'e4711'],
    ['E\u22124711', 'e4711'],
    ['e-mail', 'email'],
    ['e\u2010mail', 'email'],
    ['e\u2011mail', 'email'],
  ])('“%s” is “%s”, whichever hyphen stands in it', (text, code) => {
    expect(terms(text)).toContain(code);
    const asked = analyseQuestion(text, ['en']).words.flatMap((word) => word.terms);
    expect(asked).toContain(code);
  });

  test.each([
    ['2024-02-19', ['20240219d', '202402m', '0219d']],
    ['19.2.2024', ['20240219d', '202402m', '0219d']],
    ['Feb 19, 2024', ['20240219d', '202402m', '0219d']],
    ['19th of February 2024', ['20240219d', '202402m', '0219d']],
    ['19. Februar 2024', ['20240219d', '202402m', '0219d']],
    ['le 19 février 2024', ['20240219d', '202402m', '0219d']],
    ['19 de febrero de 2024', ['20240219d', '202402m', '0219d']],
    ['2024\u201102\u201119', ['20240219d', '202402m', '0219d']],
    ['19\u20112\u20112024', ['20240219d', '202402m', '0219d']],
    ['2010–12', []],
    ['2024年2月19日', ['20240219d', '202402m', '0219d']],
    ['19/02/24', ['20240219d', '202402m', '0219d']],
    ['February 2024', ['202402m']],
    ['02/2024', ['202402m']],
    ['03/02/2024', ['20240203d', '202402m', '0203d', '20240302d', '202403m', '0302d']],
    ['31.2.2024', []],
    ['version 1.2.3', []],
    ['2024', []],
    ['on the night of 19 August.', ['0819d']],
    ['by 1 December, 1 February and 1 April', ['1201d', '0201d', '0401d']],
    ['am 3. März um 8.15', ['0303d']],
    ['Monday May 20th at 8.15', ['0520d']],
    ['le 3 mars', ['0303d']],
    ['8月19日', ['0819d']],
    ['19 August 2023 and 20 August', ['20230819d', '202308m', '0819d', '0820d']],
    ['10 out of 12, 31 June, in May 2.5 km', []],
  ])('the date in “%s”', (text, expected) => {
    expect(terms(text).filter((term) => /^\d{4,8}[dm]$/.test(term))).toEqual(expected);
  });

  test('each token says where it stands', () => {
    const text = 'Ref. E-4711 of the Wärmezähler';
    const at = (term: string) => {
      const token = analyseText(text, 'de').find(({ terms }) => terms.includes(term));
      return token && text.slice(token.start, token.end);
    };
    expect(at('e4711')).toBe('E-4711');
    expect(at('4711')).toBe('4711');
    expect(analyseText(text, 'de').at(5)).toMatchObject({ start: 19, end: 30 });
    const dated = 'Agreed on Feb 19, 2024 in Bonn.';
    for (const term of ['20240219d', '202402m', '0219d']) {
      const places = analyseText(dated, 'en').filter(({ terms }) => terms.includes(term));
      expect(places.map(({ start, end }) => dated.slice(start, end))).toEqual(['Feb 19, 2024']);
    }
  });

  test('no term is longer than the index keeps, or holds white space', () => {
    const long = `${'x'.repeat(300)} ${'ж'.repeat(100)} a\u00a0b c\u2028d`;
    for (const term of terms(long, 'ru')) {
      expect(Buffer.byteLength(term)).toBeLessThanOrEqual(40);
      expect(term).toMatch(/^\S+$/u);
    }
  });

  test('a row of many numbers is not joined to one code', () => {
    const row = Array.from({ length: 40 }, (_, index) => 1000 + index).join(' ');
    expect(terms(row)).toEqual(row.split(' '));
  });
});
