"""The figures that pick checkpoints: held-out pairs of the corpora, some from sources that training never sees.

Reads WORK/heldout.jsonl only. Test collections are the product's business (`llara eval`) and pick nothing.
"""

import json
import math

import numpy as np
import torch

from llara_mini import pieces
from llara_mini.model import NEXT, SELF
from settings import WORK
from llara_mini.teacher import Teacher, length_batches

QUERIES = {"in": 250, "out": 250}


class HeldOut:
    """Pairs (a, b) by domain with their teacher vectors, computed once."""

    def __init__(self):
        self.rows = choose_rows()
        path = WORK / "heldout-teacher.npy"
        if not path.exists():
            np.save(path, Teacher().encode([r[side] for r in self.rows for side in ("a", "b")]).reshape(len(self.rows), 2, -1))
        self.teacher = torch.from_numpy(np.load(path))
        self.tokens = {side: pieces.encode([r[side] for r in self.rows]) for side in ("a", "b")}

    def figures(self, encoder) -> dict:
        """Cosine to the teacher and nDCG@10 of a over all b of the held-out rows, per domain, beside the teacher's."""
        return self.compare(embed(encoder, self.tokens["a"], NEXT), embed(encoder, self.tokens["b"], SELF))

    def compare(self, a, b) -> dict:
        """The figures of ready vectors a, b [n, d]."""
        out = {}
        for domain in QUERIES:
            own = torch.tensor([i for i, r in enumerate(self.rows) if r["domain"] == domain])
            cosine = ((a * self.teacher[:, 0]).sum(-1)[own].mean() + (b * self.teacher[:, 1]).sum(-1)[own].mean()) / 2
            out[domain] = {
                "cosine": round(float(cosine), 4),
                "ndcg": round(pair_ndcg(a[own], b, own), 4),
                "teacher_ndcg": round(pair_ndcg(self.teacher[own, 0], self.teacher[:, 1], own), 4),
            }
        return out


def choose_rows() -> list[dict]:
    """A fixed subset of natural pairs (no cloze), spread over the sources of each domain."""
    rows = [json.loads(line) for line in (WORK / "heldout.jsonl").open(encoding="utf-8")]
    chosen = []
    for domain, count in QUERIES.items():
        of_domain = [r for r in rows if r["domain"] == domain and r["kind"] != "cloze"]
        step = len(of_domain) / count
        chosen += [of_domain[int(i * step)] for i in range(count)]
    return chosen


@torch.no_grad()
def embed(encoder, tokens: list[list[int]], branch: str):
    """Unit vectors [n, d] of tokenised texts."""
    out = torch.empty(len(tokens), encoder.shape.width)
    for rows in length_batches([len(ids) for ids in tokens], 3072):
        out[rows], _ = encoder([tokens[i] for i in rows], branch)
    return out


def pair_ndcg(queries, passages, right) -> float:
    """Mean nDCG@10 where passage right[i] alone answers query i."""
    scores = queries @ passages.T
    ranks = (scores > scores[torch.arange(len(right)), right][:, None]).sum(1)
    return sum(1 / math.log2(rank + 2) for rank in ranks.tolist() if rank < 10) / len(right)
