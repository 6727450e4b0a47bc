import { describe, expect, test } from 'vitest';
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
  ])('“%s” is found by “%s”', (text, asked, language) => {
    const held = new Set(terms(text, language));
    expect(terms(asked, language).some((term) => held.has(term))).toBe(true);
  });

  test.each([
    ['2024-02-19', ['20240219d', '202402m']],
    ['19.2.2024', ['20240219d', '202402m']],
    ['Feb 19, 2024', ['20240219d', '202402m']],
    ['19th of February 2024', ['20240219d', '202402m']],
    ['19. Februar 2024', ['20240219d', '202402m']],
    ['le 19 février 2024', ['20240219d', '202402m']],
    ['19 de febrero de 2024', ['20240219d', '202402m']],
    ['2024年2月19日', ['20240219d', '202402m']],
    ['19/02/24', ['20240219d', '202402m']],
    ['February 2024', ['202402m']],
    ['02/2024', ['202402m']],
    ['03/02/2024', ['20240203d', '202402m', '20240302d', '202403m']],
    ['31.2.2024', []],
    ['version 1.2.3', []],
    ['2024', []],
  ])('the date in “%s”', (text, expected) => {
    expect(terms(text).filter((term) => /^\d{6,8}[dm]$/.test(term))).toEqual(expected);
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
