"""Batches of records with their teacher vectors: reads the shards that exist, in order, and again from the start when they run out.

A batch is a number of records whose passages have similar lengths, so that padding costs little.
"""

import itertools
import json
import os
import pickle
import random
from dataclasses import dataclass

import numpy as np
import torch

from settings import SEED, WORK
from teacher import SHARD_RECORDS
from train_tokenizer import load_tokenizer

POOL_BATCHES = 24  # a pool of this many batches is sorted by length, cut and shuffled

# Pairs whose two sides really are about the same thing; cloze sentences count a little, headings of transcripts less.
PAIR_WEIGHT = {"questions": 1.0, "titles": 1.0, "headings": 0.7, "cloze": 0.4}


@dataclass
class Record:
    """One (short text a, passage b) record in token ids, with teacher vectors [2, d] where a shard has them."""

    a: list[int]
    b: list[int]
    next: list[int]
    kind: str
    vectors: np.ndarray | None


class RecordStream:
    """Records of the shards, tokenised once and kept; the shards still being written join at the next pass over them."""

    def __init__(self, with_teacher: bool = True, first_shards: int | None = None):
        self.tokenizer = load_tokenizer()
        self.with_teacher, self.first_shards = with_teacher, first_shards
        self.records: list[Record] = []
        self.lines = (WORK / "records.jsonl").open(encoding="utf-8")
        self.shards = 0
        self.load_new_shards()

    def load_new_shards(self) -> None:
        """Appends every further shard whose teacher vectors lie ready; shards still missing are passed over for good."""
        ready = {int(path.stem) for path in (WORK / "teacher").glob("*.npy")}
        last = max(ready, default=-1) + 1 if self.first_shards is None else self.first_shards
        while self.shards < last:
            lines = list(itertools.islice(self.lines, SHARD_RECORDS))
            if self.shards not in ready:
                self.shards += 1
                continue
            vectors = np.load(WORK / "teacher" / f"{self.shards:05d}.npy")
            kinds, *sides = self.tokens_of(lines)
            for kind, a, b, following, vector in zip(kinds, *sides, vectors, strict=True):
                self.records.append(Record(a, b, following, kind, vector if self.with_teacher else None))
            self.shards += 1

    def tokens_of(self, lines: list[str]):
        """(kinds, a, b, next) of one shard's lines in token ids, from WORK/tokens when an earlier run left them there."""
        path = WORK / "tokens" / f"{self.shards:05d}.pickle"
        if not path.exists():
            rows = [json.loads(line) for line in lines]
            sides = [self.tokenizer.encode([row.get(side, "") for row in rows]) for side in ("a", "b", "next")]
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(pickle.dumps(([row["kind"] for row in rows], *sides)))
            temporary.rename(path)
        return pickle.loads(path.read_bytes())

    def batches(self, size: int, side: str | None, rank: int = 0, workers: int = 1, skip: int = 0):
        """Endless lists of `size` records, alike in the length of one side if it is named, every `workers`-th of them.

        A resumed run skips the `skip` it has had.
        """
        rng = random.Random(f"{SEED}/{side}")
        at = 0
        order = list(range(len(self.records)))
        number = -1
        while True:
            if at + size * POOL_BATCHES > len(order):
                self.load_new_shards()
                order, at = rng.sample(range(len(self.records)), len(self.records)), 0
            pool = order[at : at + size * POOL_BATCHES]
            at += size * POOL_BATCHES
            if side:
                pool.sort(key=lambda i: len(getattr(self.records[i], side)))
            cuts = [pool[i : i + size] for i in range(0, len(pool), size)]
            rng.shuffle(cuts)
            for cut in cuts:
                number += 1
                if number % workers == rank and number // workers >= skip:
                    yield [self.records[i] for i in cut]


def teacher_pair(records: list[Record]):
    """(teacher of a, teacher of b), each [n, d] float32 unit vectors."""
    both = torch.from_numpy(np.stack([r.vectors for r in records]).astype(np.float32))
    both = torch.nn.functional.normalize(both, dim=-1)
    return both[:, 0], both[:, 1]


def pair_weights(records: list[Record]):
    """[n] weight of each record in the contrastive loss."""
    return torch.tensor([PAIR_WEIGHT[r.kind] for r in records])
