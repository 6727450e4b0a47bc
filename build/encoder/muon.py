"""Muon: momentum whose step on a matrix is made orthogonal, so that every direction of a fresh layer learns at the same pace.

For the hidden matrices of opened layers alone; tables, norms and a trained pool stay with AdamW (schedule.py).
"""

import torch

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # Jordan et al. 2024
ITERATIONS = 5


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised; the step's entries have the size that AdamW's would have at the same rate."""

    def __init__(self, groups: list[dict], momentum: float = 0.95):
        super().__init__(groups, {"lr": 1e-3, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                average = self.state[p].setdefault("momentum", torch.zeros_like(p))
                average.lerp_(p.grad, 1 - group["momentum"])
                direction = orthogonal(p.grad.lerp(average, group["momentum"]))
                p.add_(direction, alpha=-0.2 * max(p.shape) ** 0.5 * group["lr"])


def orthogonal(g):
    """About U V^T of g = U S V^T, by five Newton-Schulz iterations."""
    a, b, c = NEWTON_SCHULZ
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / (x.norm() + 1e-9)
    for _ in range(ITERATIONS):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if g.shape[0] > g.shape[1] else x
