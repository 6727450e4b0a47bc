/** Every format in the table reads its sample: the right kind, the words in it, headings where they stand, and the same each time. */
import { describe, expect, it } from 'vitest';
import { documentKinds } from '../../../../src-main/contract/formats.ts';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { formatSamples } from '../../../support/format-samples.ts';

describe.each(documentKinds)('%s', (kind) => {
  const sample = formatSamples[kind];

  it('reads its sample, twice the same', async () => {
    const outcome = await extractDocument(sample.fileName, sample.bytes());
    if (outcome.state !== 'indexed' && outcome.state !== 'scan')
      throw new Error(`${outcome.state}: ${outcome.reason}`);
    const { document } = outcome;
    expect(document.kind).toBe(kind);
    for (const words of sample.finds) expect(document.text).toContain(words);
    if (sample.title) expect(document.title).toBe(sample.title);
    if (sample.headings) {
      expect(document.headings.slice(0, sample.headings.length).map(({ title }) => title)).toEqual(
        sample.headings,
      );
    }
    expect(document.text.isWellFormed()).toBe(true);
    expect(await extractDocument(sample.fileName, sample.bytes())).toEqual(outcome);
  });

  it('says what is wrong with a file of its name that holds something else', async () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * 131) % 251);
    const outcome = await extractDocument(sample.fileName, noise);
    expect(['unsupported', 'failed', 'empty', 'indexed']).toContain(outcome.state);
    if (outcome.state !== 'indexed') expect(outcome.reason).toMatch(/\w{3}.*[.)]$/s);
  });
});
