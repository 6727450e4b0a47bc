"""Data-parallel training over processes (torchrun), which shares a busy machine better than threads do.

Workers step on their own batches with their own optimiser and average their weights every SYNC_STEPS steps (local SGD):
on a machine shared with other work, waiting for each other at every step would cost more than the steps. Worker 0
alone reports and saves.
"""

import os

import torch
from torch import distributed

RANK = int(os.environ.get("RANK", "0"))
COUNT = int(os.environ.get("WORLD_SIZE", "1"))
SYNC_STEPS = 10


def join() -> None:
    """Enters the process group when torchrun started more than one worker."""
    if COUNT > 1:
        distributed.init_process_group("gloo")


@torch.no_grad()
def average_weights(parameters, step: int) -> None:
    """Every SYNC_STEPS steps, replaces every weight by its mean over the workers, in one message."""
    if COUNT == 1 or step % SYNC_STEPS:
        return
    parameters = list(parameters)
    flat = torch.cat([p.view(-1) for p in parameters])
    distributed.all_reduce(flat)
    flat /= COUNT
    at = 0
    for p in parameters:
        p.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()
