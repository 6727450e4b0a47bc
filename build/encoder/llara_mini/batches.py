"""Batches of records in token ids: short text `a`, passage `b`, and the passage that follows where there is one.

The stream is read in order, which is already a mixture of all sources, and from the start again when it runs out.
"""

import itertools
import json
from dataclasses import dataclass

import torch

from llara_mini import pieces
from settings import WORK
from llara_mini.workers import COUNT, RANK

READ_AHEAD = 2048  # records tokenised at a time

# Pairs whose two sides really are about the same thing; cloze sentences count a little, headings of transcripts less.
PAIR_WEIGHT = {"questions": 1.0, "titles": 1.0, "headings": 0.7, "cloze": 0.4}


@dataclass
class Record:
    """One (short text a, passage b) record in token ids."""

    a: list[int]
    b: list[int]
    next: list[int]
    kind: str


def record_batches(name: str, size: int, skip: int = 0):
    """Endless lists of `size` records of the file WORK/<name>: every COUNT-th batch of the stream, after the `skip` that a resumed run has had."""
    batches = batched(records(name, skip * size * COUNT), size)
    return (list(batch) for number, batch in enumerate(batches) if number % COUNT == RANK)


def records(name: str, skip: int):
    while True:
        with (WORK / name).open(encoding="utf-8") as lines:
            for chunk in batched(itertools.islice(lines, skip, None), READ_AHEAD):
                rows = [json.loads(line) for line in chunk]
                sides = [pieces.encode([row.get(side, "") for row in rows]) for side in ("a", "b", "next")]
                yield from (Record(*ids, row["kind"]) for *ids, row in zip(*sides, rows, strict=True))
        skip = 0


def batched(items, size: int):
    """Tuples of `size` items, the last one shorter."""
    items = iter(items)
    while batch := tuple(itertools.islice(items, size)):
        yield batch


def pair_weights(records_: list[Record]):
    """[n] weight of each record in the contrastive loss."""
    return torch.tensor([PAIR_WEIGHT[r.kind] for r in records_])
