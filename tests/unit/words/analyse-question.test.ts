import { describe, expect, test } from 'vitest';
import { analyseQuestion } from '../../../src-main/words/analyse-question.ts';
import { indexedTerms } from '../../../src-main/words/analyse-text.ts';
import { detectLanguage } from '../../../src-main/words/language/detect-language.ts';

const wordsOf = (question: string, languages = ['en', 'de']) => analyseQuestion(question, languages).words;

describe('a question', () => {
  test('words of grammar are told from those that say what is looked for', () => {
    const content = wordsOf('when does the lease end').filter(({ isGrammar }) => !isGrammar);
    expect(content.map(({ text }) => text)).toEqual(['lease', 'end']);
  });

  test('a common word is known to be common', () => {
    const share = (text: string) => wordsOf(`where is the ${text}`).find((word) => word.text === text)!.share;
    expect(share('end')).toBeGreaterThan(5 * share('lease'));
    expect(share('qwertzuiop')).toBe(0);
  });

  test('a single word is asked for under its stem in every language of the library', () => {
    const [word] = wordsOf('Kündigungen', ['en', 'de']);
    expect(word!.terms).toContain('kundig');
  });

  test.each([
    ['e 4711', 'Ihr Gerät E-4711'],
    ['5q0819653', 'part 5Q0 819 653'],
    ['february 2024', 'Sitzung vom 19.2.2024'],
    ['19/02/2024', 'on Feb 19, 2024'],
    ['http header', 'function parseHTTPHeader()'],
  ])('“%s” asks for something that “%s” holds', (question, text) => {
    const held = new Set(indexedTerms(text, detectLanguage(text)).split(' '));
    const variants = wordsOf(question).filter(({ terms }) => terms.some((term) => held.has(term)));
    expect(variants.length).toBeGreaterThan(0);
  });

  test('in Chinese, pairs that the dictionary cuts in two do not count as missing', () => {
    const words = wordsOf('租约什么时候结束', ['zh']);
    const counted = words.filter(({ isVariant }) => !isVariant).map(({ text }) => text);
    expect(counted).toEqual(['租约', '什么', '么时', '时候', '结束']);
  });

  test.each([
    ['when does the lease end', 'en'],
    ['wo darf ich mein Fahrrad abstellen', 'de'],
    ['quand finit le bail de l’appartement', 'fr'],
    ['когда заканчивается договор аренды', 'ru'],
    ['租约什么时候结束', 'zh'],
    ['賃貸契約はいつ終わりますか', 'ja'],
    ['임대 계약은 언제 끝나나요', 'ko'],
    ['kira sözleşmesi ne zaman bitiyor', 'tr'],
    ['4711', null],
  ])('“%s” is in %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
