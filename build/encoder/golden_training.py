"""Golden values for the trainer's tests: losses and LoRA gradients of a two-layer llama model, by PyTorch autograd.

The model, its adapter and its batch are generated from tensor names, so the fixture holds results only.
Usage: python build/encoder/golden_training.py tests/native/fixtures/training-golden.json
"""

import base64
import json
import math
import sys

import numpy as np
import torch
import torch.nn.functional as F

CONFIG = {
    "layers": 2, "width": 64, "heads": 4, "keyValueHeads": 2, "headSize": 16, "feedForward": 128,
    "vocabulary": 96, "normEpsilon": 1e-5, "ropeBase": 10000.0, "rank": 4, "alpha": 8.0,
}  # fmt: skip
PREFIX = [1]
SELF_SUFFIX = [5, 6, *range(80, 88)]
NEXT_SUFFIX = [7, *range(88, 96)]
BRANCH_TOKENS = 8
TEXTS = [
    [8, 20, 33, 20, 47, 79, 12, 9, 61],
    [40, 41, 42, 17, 17, 70, 71, 55, 30, 31, 11, 25, 63],
    [22, 10, 54, 36, 78],
]
NEXT_TEXTS = [[40, 41, 70, 2, 1], [15, 16, 15], [8, 60, 59, 58, 9]]
TEMPERATURE = 0.05
WEIGHTS = {"ebae": 0.3, "ebar": 0.2, "contrastive": 1.0, "anchor": 0.5}


def generate(name: str, shape: tuple[int, ...], amplitude: float, centre: float = 0.0) -> torch.Tensor:
    """Mulberry32 seeded with the FNV-1a hash of the name; uniform in centre ± amplitude; row-major."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    values = []
    for _ in range(math.prod(shape)):
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = state
        t = ((t ^ (t >> 15)) * (t | 1)) & 0xFFFFFFFF
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        values.append(centre + (((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296.0 - 0.5) * 2.0 * amplitude)
    return torch.from_numpy(np.array(values, dtype=np.float64).astype(np.float32)).reshape(shape)


def quantise_q8_0(weight: torch.Tensor) -> torch.Tensor:
    """Round trip through ggml's Q8_0: blocks of 32 with one half-precision scale."""
    blocks = weight.reshape(-1, 32)
    scale = blocks.abs().amax(dim=1, keepdim=True) / 127.0
    quants = torch.where(scale > 0, blocks / scale, torch.zeros_like(blocks))
    quants = torch.sign(quants) * torch.floor(quants.abs() + 0.5)
    return (quants * scale.half().float()).reshape(weight.shape)


def build_weights(quantised: bool) -> dict[str, torch.Tensor]:
    c = CONFIG
    d, kv, f, v = c["width"], c["keyValueHeads"] * c["headSize"], c["feedForward"], c["vocabulary"]
    shapes = {"token_embd.weight": (v, d), "output.weight": (v, d)}
    norms = ["output_norm.weight"]
    for i in range(c["layers"]):
        shapes |= {
            f"blk.{i}.attn_q.weight": (d, d), f"blk.{i}.attn_k.weight": (kv, d), f"blk.{i}.attn_v.weight": (kv, d),
            f"blk.{i}.attn_output.weight": (d, d), f"blk.{i}.ffn_gate.weight": (f, d),
            f"blk.{i}.ffn_up.weight": (f, d), f"blk.{i}.ffn_down.weight": (d, f),
        }  # fmt: skip
        norms += [f"blk.{i}.attn_norm.weight", f"blk.{i}.ffn_norm.weight"]
    weights = {name: generate(name, shape, math.sqrt(3.0 / shape[1])) for name, shape in shapes.items()}
    if quantised:
        weights = {name: quantise_q8_0(weight) for name, weight in weights.items()}
    return weights | {name: generate(name, (d,), 0.2, 1.0) for name in norms}


def build_adapter(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    adapter, r = {}, CONFIG["rank"]
    for name, weight in weights.items():
        if weight.ndim != 2 or not name.startswith("blk."):
            continue
        rows, columns = weight.shape
        adapter[f"{name}.lora_a"] = generate(f"{name}.lora_a", (r, columns), 0.1).requires_grad_()
        adapter[f"{name}.lora_b"] = generate(f"{name}.lora_b", (rows, r), 0.1).requires_grad_()
    return adapter


def rotate(x: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """RoPE over interleaved pairs (2i, 2i+1); x is [tokens, heads, size]."""
    size = x.shape[-1]
    frequencies = CONFIG["ropeBase"] ** (-torch.arange(0, size, 2).float() / size)
    angles = positions.float()[:, None, None] * frequencies
    even, odd = x[..., 0::2], x[..., 1::2]
    rotated = (even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos())
    return torch.stack(rotated, dim=-1).flatten(-2)


def hidden_states(weights: dict, adapter: dict, tokens: list[int], positions: list[int], mask: torch.Tensor) -> torch.Tensor:
    c = CONFIG
    scale = c["alpha"] / c["rank"]
    count, groups = len(tokens), c["heads"] // c["keyValueHeads"]
    ids, places = torch.tensor(tokens), torch.tensor(positions)

    def linear(x, name):
        return x @ weights[name].T + scale * (x @ adapter[f"{name}.lora_a"].T) @ adapter[f"{name}.lora_b"].T

    def norm(x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + c["normEpsilon"]) * weights[name]

    x = weights["token_embd.weight"][ids]
    for i in range(c["layers"]):
        h = norm(x, f"blk.{i}.attn_norm.weight")
        q = rotate(linear(h, f"blk.{i}.attn_q.weight").reshape(count, c["heads"], -1), places)
        k = rotate(linear(h, f"blk.{i}.attn_k.weight").reshape(count, c["keyValueHeads"], -1), places)
        v = linear(h, f"blk.{i}.attn_v.weight").reshape(count, c["keyValueHeads"], -1)
        k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        scores = torch.einsum("qhd,khd->hqk", q, k) / math.sqrt(c["headSize"]) + mask
        attended = torch.einsum("hqk,khd->qhd", scores.softmax(-1), v).reshape(count, -1)
        x = x + linear(attended, f"blk.{i}.attn_output.weight")
        h = norm(x, f"blk.{i}.ffn_norm.weight")
        gated = F.silu(linear(h, f"blk.{i}.ffn_gate.weight")) * linear(h, f"blk.{i}.ffn_up.weight")
        x = x + linear(gated, f"blk.{i}.ffn_down.weight")
    return norm(x, "output_norm.weight")


def two_branches(text: list[int]) -> tuple[list[int], list[int], torch.Tensor]:
    """prefix · text · SELF · NEXT: NEXT does not see SELF, and its positions restart where SELF's began."""
    shared, own, following = len(PREFIX) + len(text), len(SELF_SUFFIX), len(NEXT_SUFFIX)
    tokens = PREFIX + text + SELF_SUFFIX + NEXT_SUFFIX
    positions = [*range(shared + own), *range(shared, shared + following)]
    mask = torch.full((len(tokens), len(tokens)), float("-inf")).triu(1)
    mask[shared + own :, shared : shared + own] = float("-inf")
    return tokens, positions, mask


def set_loss(logits: torch.Tensor, targets: list[int]) -> torch.Tensor:
    """Max over the branch's positions, log-softmax, mean over the set of ids above 2 (as released)."""
    ids = sorted({token for token in targets if token > 2})
    return -logits.amax(dim=0).log_softmax(-1)[ids].mean()


def embed(weights: dict, adapter: dict) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """SELF embeddings, NEXT embeddings, mean EBAE loss, mean EBAR loss of the batch."""
    own, following, ebae, ebar = [], [], [], []
    for text, next_text in zip(TEXTS, NEXT_TEXTS, strict=True):
        hidden = hidden_states(weights, adapter, *two_branches(text))
        end = len(PREFIX) + len(text) + len(SELF_SUFFIX)
        branches = hidden[end - BRANCH_TOKENS : end], hidden[-BRANCH_TOKENS:]
        head = weights["output.weight"].T
        ebae.append(set_loss(branches[0] @ head, text))
        ebar.append(set_loss(branches[1] @ head, next_text))
        own.append(F.normalize(branches[0].mean(0), dim=0))
        following.append(F.normalize(branches[1].mean(0), dim=0))
    return torch.stack(own), torch.stack(following), torch.stack(ebae).mean(), torch.stack(ebar).mean()


def run(quantised: bool) -> dict:
    weights = build_weights(quantised)
    adapter = build_adapter(weights)
    passages, queries, ebae, ebar = embed(weights, adapter)
    positives = torch.tensor([(i + 1) % len(TEXTS) for i in range(len(TEXTS))])
    with torch.no_grad():
        references = torch.cat(embed(weights, {name: torch.zeros_like(t) for name, t in adapter.items()})[:2])
    losses = {
        "ebae": ebae,
        "ebar": ebar,
        "contrastive": F.cross_entropy(queries @ passages.T / TEMPERATURE, positives),
        "anchor": (1 - (torch.cat([passages, queries]) * references).sum(1)).mean(),
    }
    sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()

    def encode(tensor):
        return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()

    return {
        "losses": {name: loss.item() for name, loss in losses.items()},
        "passages": encode(passages),
        "queries": encode(queries),
        "gradients": {name: encode(tensor.grad) for name, tensor in adapter.items()},
    }


def main() -> None:
    torch.set_default_dtype(torch.float32)
    golden = {
        "config": CONFIG, "prefix": PREFIX, "selfSuffix": SELF_SUFFIX, "nextSuffix": NEXT_SUFFIX,
        "branchTokens": BRANCH_TOKENS, "texts": TEXTS, "nextTexts": NEXT_TEXTS,
        "temperature": TEMPERATURE, "weights": WEIGHTS, "f32": run(False), "q8_0": run(True),
    }  # fmt: skip
    with open(sys.argv[1], "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
