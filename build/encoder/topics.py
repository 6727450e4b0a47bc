"""Batches of one subject: in-batch negatives that are hard, because a person's own documents are all about the same few things.

Random batches teach only what a text is about; telling apart texts of one subject is what search within a library needs.
"""

import random

import torch

from settings import SEED

TOPIC_SIZE = 400  # texts of a topic, about
TOPICS_A_BATCH = 4
ITERATIONS = 6


@torch.no_grad()
def topics_of(vectors):
    """Lists of row indices, one a topic: spherical k-means over unit vectors [n, d]."""
    generator = torch.Generator().manual_seed(SEED)
    count = max(1, len(vectors) // TOPIC_SIZE)
    centres = vectors[torch.randperm(len(vectors), generator=generator)[:count]]
    for _ in range(ITERATIONS):
        nearest = torch.cat([(part @ centres.T).argmax(1) for part in vectors.split(8192)])
        centres = torch.zeros_like(centres).index_add_(0, nearest, vectors)
        centres = torch.nn.functional.normalize(centres, dim=-1)
    return [rows.tolist() for rows in nearest.argsort().split(nearest.bincount(minlength=count).tolist()) if len(rows)]


def topic_batches(vectors, size: int, stream: str):
    """Endless lists of `size` row indices: TOPICS_A_BATCH topics, drawn by their sizes, as many rows of each."""
    rng = random.Random(f"{SEED}/{stream}")
    topics = topics_of(vectors)
    sizes = [len(topic) for topic in topics]
    each = size // TOPICS_A_BATCH
    while True:
        rows: list[int] = []
        for topic in rng.choices(topics, sizes, k=TOPICS_A_BATCH):
            rows += rng.sample(topic, min(each, len(topic)))
        yield list(dict.fromkeys(rows))
