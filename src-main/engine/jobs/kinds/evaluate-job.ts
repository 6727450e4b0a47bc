/** Measures retrieval on a test collection. Its asker waits for the answer; once both are gone, nobody wants it. */
import { type EvaluationRequest, evaluationRequestSchema } from '../../../contract/evaluation.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

export const evaluateJob: JobKindDefinition<EvaluationRequest, JobParts> = {
  params: evaluationRequestSchema,
  lane: () => 'evaluate',
  resumable: false,
  run: async (request, parts, control) => {
    const { runEvaluation } = await import('../../evaluation/run-evaluation.ts');
    return await runEvaluation(request, parts, control);
  },
};

export function evaluationRequest(params: EvaluationRequest): JobRequest {
  return { kind: 'evaluate', library: null, title: `Evaluate on ${params.directory}`, params };
}
