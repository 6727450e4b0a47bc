/** Every translation says everything that English says: no key missing, none left over, none left in English, nothing left out of a sentence. */
import { describe, expect, it } from 'vitest';
import { languageNames } from '../../../src-main/contract/tables/settings-table.ts';
import { loadTranslation } from '../../../src-renderer/strings/load-translation.ts';
import { strings } from '../../../src-renderer/strings.ts';
import { type Language, languageFor } from '../../../src-renderer/text/page-language.ts';

type Leaf = string | null | ((...given: never[]) => string);
const translated = (Object.keys(languageNames) as Language[]).filter((language) => language !== 'en');

/** Path of each sentence → the sentence. */
function leaves(value: unknown, path = ''): Map<string, Leaf> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value as Leaf]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  );
}

const english = leaves(strings);

/** A sentence with something in each place; a number for every argument serves names too. */
function said(leaf: Leaf, value: number): string {
  if (typeof leaf !== 'function') return leaf ?? '';
  return (leaf as (...given: unknown[]) => string)(value, value, value, value);
}

/** Names, measures and words that are the same in several languages. */
const mayBeAlike =
  /^(?:name|kinds\.|keys\.|settings\.choices\.language\.|settings\.choices\.resultTextSize\.normal|adapt\.(?:ndcg|mrr|plan\.tokens)|search\.(?:page|took|filters|syntax|keys|filterLabels\.type)|document\.viewer|library\.(?:documentsTitle|shown|columns)|documents|passages|libraries\.name|jobs\.units|models\.(?:catalogue|speed|dimension)|settings\.(?:version|deviceChoice)|common\.withKey|offline\.short|models\.sources|document\.pageOf|document\.position|navigation\.adapt|adapt\.minutes|adapt\.trained|search\.summary|models\.encoders|adapt\.adaptersTitle|addFolder\.suggestedNames|adapt\.pValue|libraries\.title|sharing\.(?:region|endpoint))/;

describe.each(translated)('the page in %s', (language) => {
  it('has every sentence, and no other', async () => {
    const translation = leaves(await loadTranslation(language));
    expect([...translation.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leaves no sentence empty or in English', async () => {
    const translation = leaves(await loadTranslation(language));
    const faults = [...english].flatMap(([path, leaf]) => {
      const theirs = translation.get(path) ?? null;
      const [ours, given] = [said(leaf, 2), said(theirs, 2)];
      if (ours === '' || leaf === null) return [];
      return given === '' || (given === ours && !mayBeAlike.test(path)) ? [`${path}: ${given}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('says all that a sentence is given', async () => {
    const translation = leaves(await loadTranslation(language));
    const numbersIn = (text: string) => (text.match(/777/g) ?? []).length;
    const faults = [...english].flatMap(([path, leaf]) => {
      if (typeof leaf !== 'function') return [];
      const theirs = translation.get(path);
      if (typeof theirs !== 'function') return [`${path}: no function`];
      const given = said(theirs, 777);
      return numbersIn(given) === numbersIn(said(leaf, 777)) && !/undefined|NaN/.test(given)
        ? []
        : [`${path}: ${given}`];
    });
    expect(faults).toEqual([]);
  });
});

describe('the language of the page', () => {
  it.each([
    [null, ['de-AT', 'en'], 'de'],
    ['system', ['pt-BR', 'fr-CA', 'en'], 'fr'],
    ['system', ['pt-BR'], 'en'],
    ['ja', ['de'], 'ja'],
    ['zh', [], 'zh'],
    ['klingon', ['de'], 'en'],
  ])('set to %s on a system of %j, is %s', (setting, system, expected) => {
    expect(languageFor(setting, system)).toBe(expected);
  });
});
