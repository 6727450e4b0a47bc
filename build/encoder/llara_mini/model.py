"""The encoder: a llama-architecture decoder (RMSNorm, RoPE, SwiGLU, causal, with biases) whose last eight positions are the
embedding.

Sequence of one text: CLS · text · suffix, the suffix being <s1>..<s8> (SELF) or <s9>..<s16> (NEXT); padding follows, where a
causal mask never looks. The last layer pools: it is computed at the suffix alone.
"""

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

from llara_mini import pieces
from settings import CONTEXT, FEED_FORWARD, HEADS, NORM_EPSILON, SUFFIX_LENGTH, TEXT_LAYERS, WIDTH
from llara_mini.teacher import padded

SELF, NEXT = "self", "next"
ROPE_BASE = 10_000.0
STILL = 1e30  # the frequency factor of a pair that does not turn


@dataclass
class Shape:
    """Sizes of one model; written into every checkpoint and into the GGUF metadata."""

    vocabulary: int
    layers: int = TEXT_LAYERS + 1
    width: int = WIDTH
    heads: int = HEADS
    feed_forward: int = FEED_FORWARD
    turning: tuple[float, ...] = (0.5, 0.17, 0.06, 0.02)  # radians a token of the last RoPE pairs of every head; the others stand still
    context: int = CONTEXT

    def as_dict(self) -> dict:
        return asdict(self)

    def rope_factors(self) -> list[float]:
        """What llama.cpp's `rope_freqs.weight` divides each pair's frequency by, [head size / 2]."""
        pairs = self.width // self.heads // 2
        natural = [ROPE_BASE ** (-i / pairs) for i in range(pairs)]
        first = pairs - len(self.turning)
        return [STILL] * first + [natural[first + i] / angle for i, angle in enumerate(self.turning)]


class Linear(nn.Module):
    """[.., in] -> [.., out] with a bias, all zero until something is carried over."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class Norm(nn.Module):
    """llama's norm: x / rms(x) * weight over the last axis."""

    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, x.shape[-1:], self.weight, NORM_EPSILON)


class Layer(nn.Module):
    """One llama block; modules are named as llama.cpp names its tensors."""

    def __init__(self, shape: Shape):
        super().__init__()
        d, f = shape.width, shape.feed_forward
        self.attn_norm, self.ffn_norm = Norm(d), Norm(d)
        self.attn_q, self.attn_k, self.attn_v, self.attn_output = (Linear(d, d) for _ in range(4))
        self.ffn_gate, self.ffn_up, self.ffn_down = Linear(d, f), Linear(d, f), Linear(f, d)
        self.heads = shape.heads

    def forward(self, x, rotation, mask):
        """x [b, n, d] -> [b, n, d]; rotation: cos, sin [n, turning] or [b, 1, n, turning]; mask [n, n] or [b, 1, n, n], true where seen."""
        return self.feed_forward(self.attend(x, rotation, mask))

    def attend(self, x, rotation, mask):
        h = self.attn_norm(x)
        q, k, v = (self.split(part(h)) for part in (self.attn_q, self.attn_k, self.attn_v))
        mixed = attention(rotate(q, *rotation), rotate(k, *rotation), v, mask)
        return x + self.attn_output(joined(mixed))

    def pool(self, x, rotation, rows):
        """x [b, n, d] -> [b, s, d]: the same under the causal mask at the positions `rows` [b, s] alone."""
        h = self.attn_norm(x)
        k, v = self.split(self.attn_k(h)), self.split(self.attn_v(h))
        q = self.split(self.attn_q(at_rows(h, rows)))
        cos, sin = rotation
        q = rotate(q, cos[rows][:, None], sin[rows][:, None])
        mask = (torch.arange(x.shape[1]) <= rows[..., None])[:, None]
        mixed = attention(q, rotate(k, cos, sin), v, mask)
        return self.feed_forward(at_rows(x, rows) + self.attn_output(joined(mixed)))

    def feed_forward(self, x):
        h = self.ffn_norm(x)
        up = self.ffn_up(h) if self.ffn_up.weight.requires_grad else self.ffn_up.bias  # frozen: it is zero
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * up)

    def split(self, x):
        """[b, n, d] -> [b, heads, n, d / heads]"""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Encoder(nn.Module):
    """Token ids to text embeddings; the output head of the pretraining losses is the token embedding itself (tied)."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Parameter(torch.zeros(shape.vocabulary, shape.width))
        self.blk = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width)

    def rotation(self, positions):
        """positions [..] -> cos and sin [.., turning pairs]."""
        angle = positions[..., None] * torch.tensor(self.shape.turning)
        return angle.cos(), angle.sin()

    def text_streams(self, ids):
        """ids [b, n] -> (the stream after each layer but the last, rotation), under the causal mask."""
        x = F.embedding(ids, self.token_embd)
        n = ids.shape[1]
        rotation, mask = self.rotation(torch.arange(n)), causal(n)
        streams = []
        for layer in self.blk[:-1]:
            x = layer(x, rotation, mask)
            streams.append(x)
        return streams, rotation

    def branch_states(self, texts: list[list[int]]):
        """LLaRA's pass of both tasks: CLS · text · SELF · NEXT, where NEXT does not see SELF and its positions start where SELF's do.

        Returns the normed states of SELF and of NEXT [b, 8, d] each, those of CLS and text [b, t, d], the ids [b, t] and lengths [b].
        """
        suffixes = [*pieces.suffix_ids(SELF), *pieces.suffix_ids(NEXT)]
        ids, filled = padded([[pieces.CLS_ID, *text, *suffixes] for text in texts], pieces.CLS_ID)
        n = ids.shape[1]
        lengths = filled.sum(1) - 2 * SUFFIX_LENGTH
        after = torch.arange(n) - lengths[:, None]  # place behind the text, negative within it
        in_next = after >= SUFFIX_LENGTH
        in_self = (after >= 0) & ~in_next
        mask = (causal(n) & ~(in_next[:, :, None] & in_self[:, None, :]))[:, None]
        positions = torch.arange(n) - SUFFIX_LENGTH * in_next
        rotation = [table[:, None] for table in self.rotation(positions)]
        x = F.embedding(ids, self.token_embd)
        for layer in self.blk:
            x = layer(x, rotation, mask)
        x = self.output_norm(x.float())
        rows = lengths[:, None] + torch.arange(SUFFIX_LENGTH)
        t = int(lengths.max())
        return (at_rows(x, rows), at_rows(x, rows + SUFFIX_LENGTH)), x[:, :t], ids[:, :t], lengths

    def forward(self, texts: list[list[int]], branch: str):
        """Lists of text ids -> (unit vectors [b, d], text streams [b, n, d] of every layer but the last)."""
        rows = [[pieces.CLS_ID, *ids[: self.shape.context - 1 - SUFFIX_LENGTH], *pieces.suffix_ids(branch)] for ids in texts]
        ids, mask = padded(rows, pieces.CLS_ID)
        streams, rotation = self.text_streams(ids)
        suffix = mask.sum(1, keepdim=True) - SUFFIX_LENGTH + torch.arange(SUFFIX_LENGTH)
        states = self.output_norm(self.blk[-1].pool(streams[-1], rotation, suffix).float())
        return F.normalize(states.mean(1), dim=-1), streams


def causal(length: int):
    """[n, n] true where a position is seen."""
    return torch.ones(length, length, dtype=torch.bool).tril()


def attention(q, k, v, mask):
    """Written out: torch's fused kernel is slow backwards at these lengths. q [.., s, hd], k, v [.., n, hd]; mask true where seen."""
    bias = torch.zeros(mask.shape, dtype=q.dtype).masked_fill_(~mask, float("-inf"))
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + bias
    return scores.softmax(-1, dtype=torch.float32).to(v.dtype) @ v


def rotate(x, cos, sin):
    """Interleaved RoPE (pairs 2i, 2i+1: ggml's normal mode) of the last pairs of each head. x [.., n, hd]; cos, sin [.., n, turning]."""
    still, turning = x[..., : -2 * cos.shape[-1]], x[..., -2 * cos.shape[-1] :]
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    even, odd = turning[..., 0::2], turning[..., 1::2]
    return torch.cat([still, torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)], dim=-1)


def at_rows(x, rows):
    """x [b, n, d] at rows [b, s] -> [b, s, d]"""
    return x.gather(1, rows[..., None].expand(-1, -1, x.shape[-1]))


def joined(x):
    """[b, heads, n, hd] -> [b, n, d]"""
    return x.transpose(1, 2).flatten(2)
