/** How each job is asked for: its title for a person, its parameters for a restart. One function per kind of work. */
import type { AdaptationRequest } from '../contract/adaptation.ts';
import type { EvaluationRequest } from '../contract/evaluation.ts';
import type { JobRequest } from './jobs/job-runner.ts';

export type IndexParams = { library: string };
export type SwitchParams = { library: string; modelId: string; adapterId: string | null };
export type DownloadParams = { modelId: string };

export const indexRequest = (library: string): JobRequest => ({
  kind: 'index',
  library,
  title: `Index ${library}`,
  params: { library } satisfies IndexParams,
});

export const switchRequest = (params: SwitchParams, title: string): JobRequest => ({
  kind: 'switch',
  library: params.library,
  title,
  params,
});

export const evaluationRequest = (params: EvaluationRequest): JobRequest => ({
  kind: 'evaluate',
  library: null,
  title: `Evaluate on ${params.directory}`,
  params,
});

export const adaptationJobRequest = (params: AdaptationRequest): JobRequest => ({
  kind: 'adapt',
  library: params.library,
  title: `Adapt to the documents of ${params.library}`,
  params,
});

export const downloadRequest = (params: DownloadParams, name: string): JobRequest => ({
  kind: 'download',
  library: null,
  title: `Download ${name}`,
  params,
});
