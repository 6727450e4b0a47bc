/** The first questions that are offered are made of titles that say something, from different folders. */
import { describe, expect, it } from 'vitest';
import { exampleQuestions } from '../../../src-renderer/text/example-questions.ts';

const document = (title: string, relativePath: string, state: 'indexed' | 'failed' = 'indexed') => ({
  title,
  relativePath,
  state,
});

describe('example questions', () => {
  it('take turns among the folders, and are at most four', () => {
    const documents = [
      document('House rules', 'flat/rules.pdf'),
      document('Tenancy agreement', 'flat/lease.pdf'),
      document('Trip to the lakes', 'notes/lakes.md'),
      document('Kitchen garden', 'notes/garden.md'),
      document('The boat', 'mail/boat.eml'),
    ];
    expect(exampleQuestions(documents)).toEqual([
      'House rules',
      'Trip to the lakes',
      'The boat',
      'Tenancy agreement',
    ]);
  });

  it.each(['scan_0042', 'IMG 20240519', 'notes', 'x y', 'a/b c'])('leave out %j', (title) => {
    expect(exampleQuestions([document(title, 'a.pdf')])).toEqual([]);
  });

  it('take a title without spaces where its script has none, and nothing that was not read', () => {
    expect(
      exampleQuestions([document('租赁合同', 'a.pdf'), document('House rules', 'b.pdf', 'failed')]),
    ).toEqual(['租赁合同']);
  });
});
