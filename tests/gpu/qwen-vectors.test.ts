/** The vectors of a Qwen3 model on a GPU. */
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import { checkVectors } from './check-vectors.ts';

checkVectors((runtime, path) => makeTinyLlama(runtime, path, { architecture: 'qwen3', headSize: 32 }));
