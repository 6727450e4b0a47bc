/** The identity of what training does: of model, settings and seed (`parts`), and of the texts it learns from. What was kept of another is not gone on with. */
import { createHash } from 'node:crypto';
import type { TrainingExample } from '../../llara/training/data/training-example.ts';

export function fingerprintOf(parts: readonly unknown[], examples: readonly TrainingExample[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts));
  for (const { query, positive, following, negative } of examples)
    hash.update(`${query}\0${positive}\0${following}\0${negative}\0`);
  return hash.digest('hex');
}
