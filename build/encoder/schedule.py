"""Learning rates: the embedding table's entries are of size one, the matrices' of a few hundredths, so twice the rate is
still slow for the table (that keeps generality).

Warm-up, then constant, then a linear cooldown over the last steps asked for: a run can go on for as long as there is
time, and any checkpoint can be annealed into a finished model.
"""

import torch

WARM_UP_STEPS = 40
EMBEDDING_SHARE = 2.0
POOL_SHARE = 1.0


def optimiser_for(encoder):
    """AdamW without decay, groups: embedding, pooling layer and norms of the end, the other layers."""
    pool = [*encoder.blk[-1].parameters(), encoder.output_norm]
    body = [p for layer in encoder.blk[:-1] for p in layer.parameters()]
    groups = [[encoder.token_embd], pool, body]
    groups = [{"params": params} for params in groups if params]
    return torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.98), weight_decay=0.0, fused=True)


def learning_rates(step: int, options) -> list[float]:
    """Rates of the optimiser's groups at a step."""
    share = min(1.0, (step + 1) / WARM_UP_STEPS)
    if options.cooldown:
        share = min(share, max(0.02, (options.steps - step) / options.cooldown))
    return [options.rate * share * group for group in (EMBEDDING_SHARE, POOL_SHARE, 1.0)]
