"""Optimiser and learning rates: every tensor learns at one rate relative to its own size, because the sizes of a transplanted
model differ a thousandfold from the first layer's maps to the last one's norms. Warm-up, then a cosine down to a twentieth.
"""

import math

import torch

WARM_UP_STEPS = 30
LEAST_SHARE = 0.05
EMPTY_SIZE = 0.02  # taken for tensors that start at zero


def optimiser_for(encoder, text_rows: slice) -> torch.optim.Optimizer:
    """AdamW with a group a tensor; `size` is what its rate is multiplied by."""
    groups = []
    for name, parameter in encoder.named_parameters():
        if not parameter.requires_grad:
            continue
        values = parameter[text_rows] if name == "token_embd" else parameter
        size = float(values.detach().pow(2).mean().sqrt())
        groups.append({"params": [parameter], "size": max(size, EMPTY_SIZE)})
    return torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.98), weight_decay=0.0, fused=True)


def set_rates(optimiser, step: int, done: float, rate: float) -> None:
    """`done` is the share of the run that is over."""
    share = LEAST_SHARE + (1 - LEAST_SHARE) * (1 + math.cos(math.pi * done)) / 2
    share *= min(1.0, (step + 1) / WARM_UP_STEPS)
    for group in optimiser.param_groups:
        group["lr"] = rate * share * group["size"]
