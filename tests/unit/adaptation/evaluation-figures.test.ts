/** What the held-out evaluation keeps of two lists of ranks. */
import { describe, expect, it } from 'vitest';
import type { EvaluationQuestion } from '../../../src-main/adaptation/evaluation/answer-ranks.ts';
import { evaluationMaterial, lastRank } from '../../../src-main/adaptation/evaluation/answer-ranks.ts';
import { figuresOf } from '../../../src-main/adaptation/evaluation/evaluation-figures.ts';
import { judgeFigures } from '../../../src-main/adaptation/evaluation/verdict.ts';
import type { HeldOutKind } from '../../../src-main/contract/adaptation.ts';

const questionOf = (kind: HeldOutKind, id: number): EvaluationQuestion => ({
  kind,
  documentId: `d${id}`,
  cluster: `d${id} 0`,
  question: `${kind} ${id}`,
  chunk: 0,
  passage: id,
  rest: null,
});
const both = (ranks: number[]) => ({ hybrid: ranks, dense: ranks });
const titles = new Map([['d1', 'The orchard']]);

describe('figures', () => {
  const kinds: HeldOutKind[] = ['heading', 'sentence', 'identifier'];
  const questions = kinds.flatMap((kind, at) =>
    Array.from({ length: 60 }, (_, id) => questionOf(kind, 60 * at + id)),
  );
  const isIdentifier = (index: number) => index >= 120;

  it('stand by kind, with the questions that moved furthest', () => {
    const before = questions.map(() => 2);
    const after = questions.map((_, index) =>
      index === 1 ? 1 : index === 2 ? lastRank : index === 3 ? 3 : 2,
    );
    const figures = figuresOf(both(before), both(after), questions, { seed: 1, titles });
    expect(figures).toMatchObject({ questions: 120, hybrid: { questions: 180 } });
    expect(figures.kinds.map(({ kind, questions }) => [kind, questions])).toEqual([
      ['heading', 60],
      ['sentence', 60],
      ['identifier', 60],
    ]);
    const [heading, sentence] = figures.kinds;
    expect(heading!.ndcg10Before).toBeCloseTo(1 / Math.log2(3), 9);
    expect(heading!.ndcg10After).not.toBe(heading!.ndcg10Before);
    expect(sentence!.ndcg10After).toBe(sentence!.ndcg10Before);
    expect(figures.moved).toEqual([
      { question: 'heading 1', document: 'The orchard', before: 2, after: 1 },
      { question: 'heading 3', document: '', before: 2, after: 3 },
      { question: 'heading 2', document: '', before: 2, after: null },
    ]);
  });

  it('refuse a gain that costs numbers', () => {
    const before = questions.map((_, index) => (isIdentifier(index) ? 1 : 4));
    const better = questions.map(() => 1);
    const costly = questions.map((_, index) => (isIdentifier(index) ? 3 : 1));
    const judge = (after: number[]) =>
      judgeFigures(figuresOf(both(before), both(after), questions, { seed: 1, titles }));
    expect(judge(better).verdict).toBe('better');
    expect(judge(costly)).toMatchObject({ verdict: 'worse', sentence: expect.stringContaining('numbers') });
  });
});

describe('what is asked', () => {
  it('stands among the candidates, however few those are', () => {
    const documents = Array.from({ length: 12 }, (_, id) => ({
      documentId: `d${id}`,
      title: `Report ${id} of the northern harbour`,
      chunks: Array.from({ length: 9 }, (_, part) => ({
        headingPath: [],
        text: Array.from(
          { length: 5 },
          (_, at) => `Sentence ${at} of part ${part} in report ${id} says X${id}Y${part}Z${at}.`,
        ).join(' '),
      })),
    }));
    const heldOut = documents.slice(0, 3);
    for (const candidates of [20, 200]) {
      const material = evaluationMaterial(documents, heldOut, 1, { questions: 100, candidates });
      expect(material.candidates).toHaveLength(Math.min(candidates, 108));
      expect(material.questions.length).toBeGreaterThan(40);
      for (const { passage, documentId, question, kind } of material.questions) {
        expect(material.candidates[passage]).toMatchObject({ documentId });
        if (kind === 'identifier') expect(material.candidates[passage]!.text).toContain(question);
      }
    }
  });
});
