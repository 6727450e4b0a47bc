"""Optimisers and learning rates of opened layers under a trained pool.

The table's entries are of size 0.05 and so is the stream that the layers write to: matrices that write to it (output and
down projections) and the table itself take a twentieth of the rate of the others, else the first steps drown what the pool
knows. Warm-up, then constant, then a linear cooldown over the last steps asked for: a run can go on for as long as there is
time, and any checkpoint can be annealed into a finished model.
"""

import torch

from muon import Muon

WARM_UP_STEPS = 10
WRITING = ("attn_output", "ffn_down")
STREAM_SIZE = 0.05  # static_start.TEXT_SIZE
TABLE_SHARE = 1.0
POOL_SHARE = 0.3


def optimisers_for(encoder, body: str = "muon") -> list:
    """AdamW for table, pool and norms; Muon (or AdamW) for the matrices of the layers under the pool. Groups carry `share`."""
    last = encoder.blk[-1]
    groups = [
        {"params": [encoder.token_embd], "share": TABLE_SHARE * STREAM_SIZE},
        {"params": [*last.parameters(), encoder.output_norm], "share": POOL_SHARE},
    ]
    matrices = []
    for layer in encoder.blk[:-1]:
        named = dict(layer.named_parameters())
        groups.append({"params": [p for p in named.values() if p.ndim == 1], "share": 1.0})
        matrices.append({"params": [p for n, p in named.items() if p.ndim == 2 and n not in WRITING], "share": 1.0})
        matrices.append({"params": [named[n] for n in WRITING], "share": STREAM_SIZE})
    adam = lambda g: torch.optim.AdamW(g, lr=1e-4, betas=(0.9, 0.98), weight_decay=0.0, fused=True)  # noqa: E731
    if not matrices:
        return [adam(groups)]
    return [adam(groups), Muon(matrices) if body == "muon" else adam(matrices)]


def set_rates(optimisers: list, step: int, options, left: float = 1.0) -> None:
    """Sets the rate of every group for a step. `left` is the share of a run's CPU seconds still to come: it cools the second half."""
    share = min(1.0, (step + 1) / WARM_UP_STEPS, max(0.02, 2 * left))
    if options.cooldown:
        share = min(share, max(0.02, (options.steps - step) / options.cooldown))
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = options.rate * share * group["share"]
