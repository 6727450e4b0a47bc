/** The contract, answered by an engine. Transports serve this object; the answers themselves are in handlers/. */
import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Engine } from './engine.ts';
import { adaptationHandlers } from './handlers/adaptation-handlers.ts';
import { answerHandlers } from './handlers/answer-handlers.ts';
import { deviceHandlers } from './handlers/device-handlers.ts';
import { documentHandlers } from './handlers/document-handlers.ts';
import { engineHandlers } from './handlers/engine-handlers.ts';
import { folderHandlers } from './handlers/folder-handlers.ts';
import { jobHandlers } from './handlers/job-handlers.ts';
import { libraryHandlers } from './handlers/library-handlers.ts';
import { modelHandlers } from './handlers/model-handlers.ts';
import { recognitionHandlers } from './handlers/recognition-handlers.ts';
import { savedHandlers } from './handlers/saved-handlers.ts';
import { searchHandlers } from './handlers/search-handlers.ts';

export function createRouter(engine: Engine) {
  return implement(contract).router({
    ...engineHandlers(engine),
    ...libraryHandlers(engine),
    ...folderHandlers(engine),
    ...documentHandlers(engine),
    ...jobHandlers(engine),
    ...searchHandlers(engine),
    ...answerHandlers(engine),
    ...savedHandlers(engine),
    ...modelHandlers(engine),
    ...deviceHandlers(engine),
    ...recognitionHandlers(engine),
    ...adaptationHandlers(engine),
  });
}
