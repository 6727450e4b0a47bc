/** The BERT graph's vectors on a GPU. */
import { makeTinyBert } from '../native/models/make-tiny-bert.ts';
import { checkVectors } from './check-vectors.ts';

checkVectors(makeTinyBert);
