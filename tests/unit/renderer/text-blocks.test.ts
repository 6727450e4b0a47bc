/** Extracted text as blocks: headings where they stand, the lines above an e-mail, and the passage in all that it touches. */
import { describe, expect, it } from 'vitest';
import type { DocumentKind, DocumentText, Heading } from '../../../src-main/contract/libraries.ts';
import { type TextBlock, textBlocks } from '../../../src-renderer/document/text-blocks.ts';

const content = (text: string, headings: Heading[] = [], kind: DocumentKind = 'docx') =>
  ({ text, headings, pages: [], document: { kind } }) as unknown as DocumentText;
const heading = (text: string, title: string, level = 1) => ({ level, title, start: text.indexOf(title) });
const kindsOf = (blocks: readonly TextBlock[]) =>
  blocks.map((block) => [block.kind, block.stretches.map(textOf).join('')]);
const textOf = ({ parts }: TextBlock['stretches'][number]) => parts.map(({ text }) => text).join('');

const minutes = 'Minutes\n\nAll were there.\n\nMoney\n\nThe order has been paid.\n\nIt was late.';
const headings = [heading(minutes, 'Minutes'), heading(minutes, 'Money', 2)];

describe('extracted text as blocks', () => {
  it('sets headings apart, and keeps paragraphs', () => {
    expect(kindsOf(textBlocks(content(minutes, headings), null))).toEqual([
      ['heading', 'Minutes'],
      ['text', 'All were there.'],
      ['heading', 'Money'],
      ['text', 'The order has been paid.\n\nIt was late.'],
    ]);
  });

  it('marks the passage in every block that it touches, with its words', () => {
    const start = minutes.indexOf('Money');
    const end = minutes.indexOf('\n\nIt was');
    const blocks = textBlocks(content(minutes, headings), {
      range: { start, end },
      sentence: 'The order has been paid.',
      matchedWords: ['order'],
    });
    const inside = blocks.flatMap(({ stretches }) => stretches.filter(({ place }) => place !== 'outside'));
    expect(inside.map((stretch) => [stretch.place, textOf(stretch)])).toEqual([
      ['passage', 'Money'],
      ['sentence', 'The order has been paid.'],
    ]);
    expect(inside[1]!.parts).toContainEqual({ text: 'order', marked: true });
    expect(blocks.at(-1)!.stretches.map(textOf)).toEqual(['The order has been paid.', '\n\nIt was late.']);
  });

  it('marks the whole passage alike where its sentence stands elsewhere', () => {
    const range = { start: minutes.indexOf('Money'), end: minutes.length };
    const blocks = textBlocks(content(minutes), { range, sentence: 'All were there.', matchedWords: [] });
    expect(blocks[0]!.stretches.map(({ place }) => place)).toEqual(['outside', 'passage']);
  });

  it('leaves running text alone where an outline names it otherwise', () => {
    const outline = [{ level: 1, title: 'Chapter One', start: 0 }];
    expect(kindsOf(textBlocks(content('It was a dark night.', outline), null))).toEqual([
      ['text', 'It was a dark night.'],
    ]);
  });

  it('sets the lines above an e-mail apart, and only there', () => {
    const mail = 'The boat\n\nFrom: Grace\nTo: Ada\n\nDear Ada,\n\nFrom: here on it rains.';
    const subject = [heading(mail, 'The boat')];
    expect(kindsOf(textBlocks(content(mail, subject, 'email'), null))).toEqual([
      ['heading', 'The boat'],
      ['letterhead', 'From: Grace\nTo: Ada'],
      ['text', 'Dear Ada,\n\nFrom: here on it rains.'],
    ]);
    expect(kindsOf(textBlocks(content(mail, subject), null))[1]![0]).toBe('text');
  });
});
