/** The Gemma graph's vectors on a GPU. */
import { makeTinyGemma } from '../native/models/make-tiny-gemma.ts';
import { checkVectors } from './check-vectors.ts';

checkVectors((runtime, path) => makeTinyGemma(runtime, path, { denseWidth: 96 }));
