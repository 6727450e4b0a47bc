"""The encoder: a llama-architecture decoder (RMSNorm, RoPE, SwiGLU, causal) whose last eight positions are the embedding.

Sequence of one text: BOS · text · suffix, the suffix being <s1>..<s8> (SELF) or <s9>..<s16> (NEXT) or both as two
branches of one prefix: the NEXT suffix does not see the SELF suffix and its positions restart where SELF's started.
In tensors a batch is [BOS text padding | suffix]; padding is masked and positions skip it.
"""

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

from settings import BOS_ID, CONTEXT, SPECIAL_BASE, SUFFIX_LENGTH, VOCABULARY

SELF, NEXT, BOTH = "self", "next", "both"


@dataclass
class Shape:
    """Sizes of one model; written into every checkpoint and into the GGUF metadata."""

    vocabulary: int = VOCABULARY
    width: int = 384
    layers: int = 4
    heads: int = 12
    feed_forward: int = 1024
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5
    context: int = CONTEXT

    def as_dict(self) -> dict:
        return asdict(self)


class Layer(nn.Module):
    """One llama block. Linear weights are [out, in] without biases, as llama.cpp's llama architecture reads them."""

    def __init__(self, shape: Shape):
        super().__init__()
        d, f = shape.width, shape.feed_forward
        self.attn_norm = nn.Parameter(torch.ones(d))
        self.attn_q, self.attn_k, self.attn_v, self.attn_output = (nn.Parameter(torch.zeros(d, d)) for _ in range(4))
        self.ffn_norm = nn.Parameter(torch.ones(d))
        self.ffn_gate, self.ffn_up = (nn.Parameter(torch.zeros(f, d)) for _ in range(2))
        self.ffn_down = nn.Parameter(torch.zeros(d, f))
        self.heads, self.epsilon = shape.heads, shape.norm_epsilon

    def forward(self, x, rotation, text_length: int, suffix_mask, pool: bool):
        """x [b, t + s, d] -> the same, or [b, s, d] when `pool` says that only the suffix is wanted any more."""
        b, n, d = x.shape
        first = text_length if pool else 0
        h = rms_norm(x, self.attn_norm, self.epsilon)
        cos, sin = rotation
        q = rotate(F.linear(h[:, first:], self.attn_q).view(b, n - first, self.heads, -1), cos[:, first:], sin[:, first:])
        k = rotate(F.linear(h, self.attn_k).view(b, n, self.heads, -1), cos, sin)
        v = F.linear(h, self.attn_v).view(b, n, self.heads, -1)
        q, k, v = (part.transpose(1, 2) for part in (q, k, v))
        t = text_length
        mixed = F.scaled_dot_product_attention(q[:, :, t - first :], k, v, attn_mask=suffix_mask)
        if not pool:
            text = F.scaled_dot_product_attention(q[:, :, :t], k[:, :, :t], v[:, :, :t], is_causal=True)
            mixed = torch.cat([text, mixed], dim=2)
        x = x[:, first:] + F.linear(mixed.transpose(1, 2).reshape(b, n - first, d), self.attn_output)
        h = rms_norm(x, self.ffn_norm, self.epsilon)
        return x + F.linear(F.silu(F.linear(h, self.ffn_gate)) * F.linear(h, self.ffn_up), self.ffn_down)


class Encoder(nn.Module):
    """Token ids to text embeddings; the output head of the pretraining losses is the token embedding itself (tied)."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Parameter(torch.zeros(shape.vocabulary, shape.width))
        self.blk = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.output_norm = nn.Parameter(torch.ones(shape.width))

    def states(self, ids, lengths, branch: str, keep_text: bool = False):
        """Final normed states: of the suffix [b, s, d], and of the text [b, t, d] too with `keep_text` (else None).

        ids [b, t] start with BOS and are padded on the right; lengths [b] count BOS and text.
        """
        b, t = ids.shape
        suffix = suffix_ids(branch)
        x = F.embedding(torch.cat([ids, suffix.expand(b, -1)], dim=1), self.token_embd)
        rotation = rope_table(positions(lengths, t, len(suffix)), self.shape)
        mask = suffix_mask(lengths, t, len(suffix))
        for index, layer in enumerate(self.blk):
            last = index == len(self.blk) - 1
            x = layer(x, rotation, t, mask, pool=last and not keep_text)
        x = rms_norm(x, self.output_norm, self.shape.norm_epsilon)
        return (x[:, t:], x[:, :t]) if keep_text else (x, None)

    def forward(self, ids, lengths, branch: str):
        """Unit vectors [b, d] of one branch; a pair of them for BOTH."""
        suffix, _ = self.states(ids, lengths, branch)
        parts = suffix.split(SUFFIX_LENGTH, dim=1)
        vectors = [F.normalize(part.mean(1), dim=-1) for part in parts]
        return vectors[0] if len(vectors) == 1 else tuple(vectors)


def rms_norm(x, weight, epsilon: float):
    """llama's norm: x / rms(x) * weight over the last axis."""
    return F.rms_norm(x, (x.shape[-1],), weight, epsilon)


def rotate(x, cos, sin):
    """Interleaved RoPE (pairs 2i, 2i+1: ggml's normal mode). x [b, n, heads, hd]; cos, sin [b, n, 1, hd/2]."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)


def rope_table(position, shape: Shape):
    """cos and sin [b, n, 1, hd/2] of positions [b, n]."""
    head = shape.width // shape.heads
    frequency = shape.rope_base ** (-torch.arange(0, head, 2, dtype=torch.float32) / head)
    angle = (position[..., None].float() * frequency)[:, :, None, :]
    return angle.cos(), angle.sin()


def positions(lengths, text_length: int, suffix_length: int):
    """[b, t + s]: text counts up, each suffix of eight starts right after its own text."""
    text = torch.arange(text_length).expand(len(lengths), -1)
    return torch.cat([text, lengths[:, None] + torch.arange(suffix_length) % SUFFIX_LENGTH], dim=1)


def suffix_mask(lengths, text_length: int, suffix_length: int):
    """[b, 1, s, t + s] bool: a suffix sees its text, and causally the part of the suffix that is its own branch."""
    text = torch.arange(text_length) < lengths[:, None]
    index = torch.arange(suffix_length)
    own = (index[:, None] >= index) & (index[:, None] // SUFFIX_LENGTH == index // SUFFIX_LENGTH)
    b = len(lengths)
    return torch.cat(
        [text[:, None].expand(b, suffix_length, text_length), own.expand(b, suffix_length, suffix_length)], dim=2
    )[:, None]


def suffix_ids(branch: str):
    """Ids of the special tokens of one branch, or of both."""
    first = {SELF: 0, NEXT: SUFFIX_LENGTH, BOTH: 0}[branch]
    count = 2 * SUFFIX_LENGTH if branch == BOTH else SUFFIX_LENGTH
    return torch.arange(SPECIAL_BASE + first, SPECIAL_BASE + first + count)


def pad_batch(token_lists: list[list[int]], max_tokens: int):
    """Lists of text ids -> (ids [b, t] with BOS first, lengths [b]); texts are cut so that the suffix always fits."""
    rows = [[BOS_ID, *ids[: max_tokens - 1 - SUFFIX_LENGTH]] for ids in token_lists]
    lengths = torch.tensor([len(row) for row in rows])
    ids = torch.full((len(rows), int(lengths.max())), BOS_ID)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
    return ids, lengths
