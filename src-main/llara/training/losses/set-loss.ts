/**
 * The loss of EBAE and EBAR: one embedding, pushed through the output head, must name the set of a text's tokens
 * (arXiv 2312.15503, equations 3 and 4, in the released form with eight positions).
 */

/** Ids up to this one are unknown, begin and end of text, which the released code leaves out. */
const lastReservedId = 2;

/** Unique ids worth predicting, in ascending order; `excluded` holds the special and control tokens of the vocabulary. */
export function targetSet(tokens: ArrayLike<number>, excluded: ReadonlySet<number>): Int32Array {
  const unique = new Set<number>();
  for (let i = 0; i < tokens.length; i++) {
    const id = tokens[i] as number;
    if (id > lastReservedId && !excluded.has(id)) unique.add(id);
  }
  return Int32Array.from(unique).sort();
}

/**
 * `logits`: `count` rows of `vocabulary` values. Max over the rows, log-softmax, mean negative log-likelihood of `targets`.
 * Returns the loss and writes `weight` times its gradient over `gradient` (same layout); without targets both are zero.
 */
export function setLoss(
  logits: Float32Array,
  gradient: Float32Array,
  shape: { count: number; vocabulary: number },
  targets: Int32Array,
  weight: number,
): number {
  const { count, vocabulary } = shape;
  gradient.fill(0);
  if (targets.length === 0) return 0;
  const best = new Float32Array(vocabulary);
  const winner = new Uint8Array(vocabulary);
  let peak = -Infinity;
  for (let id = 0; id < vocabulary; id++) {
    let value = logits[id]!;
    for (let row = 1; row < count; row++) {
      const other = logits[row * vocabulary + id]!;
      if (other > value) {
        value = other;
        winner[id] = row;
      }
    }
    best[id] = value;
    if (value > peak) peak = value;
  }
  let total = 0;
  for (let id = 0; id < vocabulary; id++) total += Math.exp(best[id]! - peak);
  const logTotal = Math.log(total) + peak;
  for (let id = 0; id < vocabulary; id++) {
    gradient[winner[id]! * vocabulary + id] = weight * Math.exp(best[id]! - logTotal);
  }
  let loss = 0;
  for (const id of targets) {
    loss += (logTotal - best[id]!) / targets.length;
    gradient[winner[id]! * vocabulary + id]! -= weight / targets.length;
  }
  return loss;
}
