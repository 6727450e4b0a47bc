/** Every kind of job with the engine's parts to work with. A kind that is declared and has no line here does not compile. */
import type { JobKind } from '../../../contract/tables/job-kinds.ts';
import { bindKind, type RunnableKind } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';
import { adaptJob } from './adapt-job.ts';
import { downloadJob } from './download-job.ts';
import { evaluateJob } from './evaluate-job.ts';
import { exportJob } from './export-job.ts';
import { importJob } from './import-job.ts';
import { indexJob } from './index-job.ts';
import { recogniseJob } from './recognise-job.ts';
import { switchJob } from './switch-job.ts';

export function allKinds(parts: JobParts): Record<JobKind, RunnableKind> {
  return {
    index: bindKind(indexJob, parts),
    recognise: bindKind(recogniseJob, parts),
    switch: bindKind(switchJob, parts),
    download: bindKind(downloadJob, parts),
    adapt: bindKind(adaptJob, parts),
    evaluate: bindKind(evaluateJob, parts),
    export: bindKind(exportJob, parts),
    import: bindKind(importJob, parts),
  };
}
