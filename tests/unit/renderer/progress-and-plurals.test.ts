/** Numbers with their nouns, times left, how far meaning is, and what patterns are refused: what a person reads, word for word. */
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../../src-renderer/strings.ts';
import { excludePatterns } from '../../../src-renderer/text/exclude-patterns.ts';
import { jobEta, jobEtaSentence } from '../../../src-renderer/text/jobs/job-eta.ts';
import { jobOutcome } from '../../../src-renderer/text/jobs/job-outcome.ts';
import { jobProgressText } from '../../../src-renderer/text/jobs/job-progress-text.ts';
import { meaningIsIncomplete, meaningText } from '../../../src-renderer/text/meaning-text.ts';

describe('one and many', () => {
  it.each([
    [
      jobProgressText({ phase: 'reading', done: 1, total: null, unit: 'files', etaSeconds: null }).at(-1),
      '1 file',
    ],
    [
      jobProgressText({ phase: 'reading', done: 0, total: 1, unit: 'files', etaSeconds: null }).at(-1),
      '0 of 1 file',
    ],
    [
      jobProgressText({ phase: 'reading', done: 1, total: 6, unit: 'files', etaSeconds: null }).at(-1),
      '1 of 6 files',
    ],
    [strings.search.summary(1), '1 document'],
    [strings.search.further(1, 'House rules'), '1 more passage of House rules'],
    [strings.adapt.speed(1), '1 token a second'],
    [strings.adapt.pValue(null, 1), 'p < 0.001, 1 question'],
    [strings.models.speed(1), '1 passage/s'],
    [strings.models.speed(0.15), '0.15 passages/s'],
    [strings.models.speed(3.4), '3.4 passages/s'],
    [strings.models.dimension(1), '1 dimension'],
  ])('%s', (said, expected) => expect(said).toBe(expected));
});

describe('the time a job still takes', () => {
  it.each([
    [null, ''],
    [0.3, 'almost done'],
    [1.4, 'about 1 s left'],
    [200, 'about 3 min left'],
  ])('%s seconds: %j', (etaSeconds, expected) => expect(jobEta({ etaSeconds })).toBe(expected));
});

describe('what became of a job', () => {
  const job = (part: Partial<Job>) =>
    ({
      state: 'completed',
      startedAt: 0,
      endedAt: 65_000,
      progress: { phase: 'optimising', done: 14, total: 14, unit: 'files', etaSeconds: null },
      ...part,
    }) as Job;
  it('says how it went, how much, and how long', () => {
    expect(jobOutcome(job({}))).toBe('Done · 14 of 14 files · 1 min');
    expect(jobOutcome(job({ state: 'cancelled', startedAt: null }))).toBe('Cancelled · 14 of 14 files');
  });
});

it.each([
  [90, 'About 90 s left'],
  [null, ''],
])('after another sentence, %s seconds: %j', (etaSeconds, expected) => {
  const said = jobEtaSentence({ etaSeconds });
  expect(said.toLowerCase()).toBe(jobEta({ etaSeconds }).toLowerCase());
  expect(said.slice(0, 1)).toBe(expected.slice(0, 1));
});

describe('how far meaning is', () => {
  const library = (passages: number, embedded: number, encoder: string | null = 'mini') => ({
    meaning: { passages, embedded },
    encoder,
  });
  it.each([
    [library(0, 0), null, false],
    [library(1586, 540), 'Words of all 1,586 passages, meaning of 34 %.', true],
    [library(1586, 1585), 'Words of all 1,586 passages, meaning of 99 %.', true],
    [library(1, 1), 'Words and meaning of all 1 passage.', false],
    [library(20, 0, null), 'Words of all 20 passages, no meaning.', false],
  ])('%j', (given, text, incomplete) => {
    expect(meaningText(given)).toBe(text);
    expect(meaningIsIncomplete(given)).toBe(incomplete);
  });
});

describe('what is left out', () => {
  it('is one pattern a line', () => {
    expect(excludePatterns('drafts/**\n\n  *.log \n*.{tmp,bak}')).toEqual({
      kind: 'patterns',
      patterns: ['drafts/**', '*.log', '*.{tmp,bak}'],
    });
  });
  it.each([
    ['/home/ada/drafts', 'absolute'],
    ['C:\\drafts', 'absolute'],
    ['~/drafts', 'absolute'],
    ['../other/**', 'parent'],
    ['*.{log,tmp', 'brackets'],
    ['[a-z', 'brackets'],
    ['a]', 'brackets'],
  ])('refuses %s', (line, why) => {
    const read = excludePatterns(`*.log\n${line}`);
    expect(read).toEqual({ kind: 'refused', line, why });
    expect(strings.library.refusedPattern[why as 'absolute'](line)).toContain(line);
  });
});
