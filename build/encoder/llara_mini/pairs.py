"""Natural pairs with whole passages, as long as a product's chunks, in token ids and cached: no teacher vectors needed.

The records of the stream are excerpts, most of them short; these teach what a question must find. Held-out pairs and sources
stay out. Questions come as often as titles and headings together, because they are what a person will type.
"""

import json
import pickle
import random

from llara_mini import pieces
from llara_mini import workers
from prepare_data import read
from settings import HELD_OUT_SOURCES, SEED, WORK
from llara_mini.text import first_words, normalise

# Share of the lines of each file that is looked at, and the most pairs of one source.
FILES = {"questions": (1.0, 9_000), "titles": (0.2, 8_000), "headings": (0.25, 3_000)}
PASSAGE_WORDS = 150


def natural_pairs() -> list[tuple[list[int], list[int], str]]:
    """(a, b, kind) of every pair that FILES lets through."""
    path = WORK / "pairs.pickle"
    if not path.exists():
        rng = random.Random(f"{SEED}/pairs")
        with (WORK / "heldout.jsonl").open(encoding="utf-8") as lines:
            held_out = {json.loads(line)["a"] for line in lines}
        rows = []
        for kind, (share, most) in FILES.items():
            counts: dict[str, int] = {}
            for row in read(f"pairs_{kind}"):
                source = row["source"]
                if source in HELD_OUT_SOURCES or counts.get(source, 0) >= most or rng.random() > share:
                    continue
                a = normalise(first_words(row["query"], 48))
                if a not in held_out:
                    counts[source] = counts.get(source, 0) + 1
                    rows.append((a, normalise(first_words(row["positive"], PASSAGE_WORDS)), kind))
        a, b = (pieces.encode([row[side] for row in rows]) for side in (0, 1))
        path.write_bytes(pickle.dumps([(x, y, row[2]) for x, y, row in zip(a, b, rows, strict=True)]))
    return pickle.loads(path.read_bytes())


def pair_batches(size: int, skip: int):
    """Endless lists of `size` pairs, half of them questions; `skip` sets a resumed run apart."""
    rng = random.Random(f"{SEED}/pairs/{workers.RANK}/{skip}")
    pairs = natural_pairs()
    questions = [p for p in pairs if p[2] == "questions"]
    others = [p for p in pairs if p[2] != "questions"]
    while True:
        yield rng.sample(questions, size // 2) + rng.sample(others, size - size // 2)
