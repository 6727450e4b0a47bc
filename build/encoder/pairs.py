"""Natural pairs of the whole record stream for contrastive batches, in token ids and cached: no teacher vectors needed.

Questions come as often as titles and headings together, because they are what a person will type.
"""

import json
import pickle
import random

from settings import SEED, WORK
from train_tokenizer import load_tokenizer

PER_KIND = {"questions": 40_000, "titles": 40_000, "headings": 25_000}
PASSAGE_TOKENS = 110


def natural_pairs() -> list[tuple[list[int], list[int], str]]:
    """(a, b, kind) of up to PER_KIND pairs a kind, in stream order."""
    path = WORK / "pairs.pickle"
    if not path.exists():
        rows, left = [], dict(PER_KIND)
        with (WORK / "records.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if left.get(row["kind"], 0) > 0:
                    left[row["kind"]] -= 1
                    rows.append(row)
        tokenizer = load_tokenizer()
        a, b = (tokenizer.encode([row[side] for row in rows]) for side in ("a", "b"))
        pairs = [(x, y[:PASSAGE_TOKENS], row["kind"]) for x, y, row in zip(a, b, rows, strict=True)]
        path.write_bytes(pickle.dumps(pairs))
    return pickle.loads(path.read_bytes())


def pair_batches(size: int, rank: int):
    """Endless lists of `size` pairs, half of them questions."""
    rng = random.Random(f"{SEED}/pairs/{rank}")
    pairs = natural_pairs()
    questions = [p for p in pairs if p[2] == "questions"]
    others = [p for p in pairs if p[2] != "questions"]
    while True:
        yield rng.sample(questions, size // 2) + rng.sample(others, size - size // 2)
