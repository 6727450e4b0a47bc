/** What `llara adapt` says before and after: the method in plain words, and what each stage brought. */
import { expect, it } from 'vitest';
import { formatPlan, formatVerdict } from '../../../src-main/cli/output/format-adaptation.ts';
import { fakeAdapter, fakePlan } from '../../support/fake-engine/fake-adaptation.ts';

it.each([
  ['contrastive', 'Learns    to tell passages that answer a question from others (contrastive)'],
  ['llara', 'Learns    to name what a passage says and what follows it (llara)'],
  [
    'llara+contrastive',
    expect.stringMatching(/^Learns .* follows it, then to tell .* \(llara\+contrastive\)$/),
  ],
] as const)('a plan says how it would learn: %s', (method, line) => {
  expect(formatPlan({ ...fakePlan(600), method }).split('\n')[0]).toEqual(line);
});

it('a verdict names what each of several stages brought, and nothing where there was one', () => {
  const adapter = fakeAdapter('a1', 'available', 0.1);
  const [first, second] = adapter.stages;
  const told = formatVerdict(adapter);
  expect(told).toContain('nDCG@10 0.6120 → 0.7120');
  expect(told).toContain(
    `Stage by stage, nDCG@10: after llara ${first?.ndcg10.toFixed(4)} (${first?.steps} steps, 4 min 0 s), after contrastive 0.7120 (${second?.steps} steps, 6 min 4 s)`,
  );
  expect(formatVerdict({ ...adapter, stages: adapter.stages.slice(1) })).not.toContain('Stage by stage');
});
