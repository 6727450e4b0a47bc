/** The llama graph's vectors on a GPU. */
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import { checkVectors } from './check-vectors.ts';

checkVectors(makeTinyLlama);
