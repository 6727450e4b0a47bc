/** A hit as one quotes it: the sentence that answers, or the passage, with where it is from. */
import { describe, expect, it } from 'vitest';
import type { Hit, SearchGroup } from '../../../src-main/contract/search.ts';
import { quotation } from '../../../src-renderer/text/quotation.ts';

const group = { document: { title: 'House rules', relativePath: 'contracts/rules.pdf' } } as SearchGroup;
const text = '3. Common areas\nBicycles must not stand\nin the passage. Racks are in the yard.';
const hit = (part: Partial<Hit>) => ({ text, headingPath: ['3. Common areas'], page: 2, ...part }) as Hit;

describe('a quotation', () => {
  it('has the answering sentence, on one line, and its page', () => {
    const [start, end] = [text.indexOf('Bicycles'), text.indexOf(' Racks')];
    expect(quotation(group, hit({ sentence: { start, end } }))).toBe(
      '“Bicycles must not stand in the passage.”\n— House rules, p. 2 (contracts/rules.pdf)',
    );
  });

  it('has the passage without its heading where no sentence answers, and the heading where there are no pages', () => {
    expect(quotation(group, hit({ sentence: null, page: null }))).toBe(
      '“Bicycles must not stand in the passage. Racks are in the yard.”\n— House rules, 3. Common areas (contracts/rules.pdf)',
    );
  });
});
