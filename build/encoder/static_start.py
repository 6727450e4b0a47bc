"""Stage 4: the fast start: a model of token embeddings and one pooling layer, distilled at tens of thousands of tokens/s.

While only the last layer works, the embedding of a text is, per attention head, a softmax-weighted mean of a linear
value of its tokens. So keys and values are computed once per distinct token of a batch instead of once per token, and
the eight special positions collapse into one constant query. Every piece starts from the teacher's vector of its own
surface string. `to_llama` then writes the same function as a llama model whose other layers add nothing yet.

    python static_start.py --epochs 8 --layers 2       # writes WORK/static.pt and WORK/static-tables.pt
    python static_start.py --convert --layers 2        # WORK/static.pt again from the tables
"""

import argparse
import json
import time

import torch
from torch import nn
from torch.nn import functional as F

from batches import RecordStream, pair_weights, teacher_pair
from heldout import HeldOut
from losses import contrast, match_similarities, match_vectors
from model import Encoder, Shape, rms_norm
from settings import BOS_ID, FIGURES, SEED, SPECIAL_BASE, SPECIAL_TOKENS, VOCABULARY, WORK, threads
from teacher import Teacher
from train_tokenizer import load_tokenizer

WIDTH, HEADS = 384, 12
HEAD = WIDTH // HEADS
TEXT_RECORDS = 256  # records a step
RATES = {"embedding": 1e-2, "value": 1e-3, "logits": 1e-2}
SPECIAL_LOGIT = -9.0  # of BOS and of the special tokens themselves: they take no part in the pool
SPECIAL_SIZE = 0.1  # of a special token's embedding: the pooled text outweighs it in the stream, the norm undoes it elsewhere
TEXT_SHARE = 4.0
QUERY = 4.0


class StaticEncoder(nn.Module):
    """Embedding table, per-head logits, and one linear map; token lists in, unit vectors out."""

    def __init__(self, embedding, logits):
        super().__init__()
        self.embedding = nn.Parameter(embedding)  # [v, d]
        self.logits = nn.Parameter(logits)  # [heads, d]: the key of every head, its constant query folded in
        self.value = nn.Parameter(torch.eye(WIDTH))
        self.output = nn.Parameter(torch.eye(WIDTH))

    def forward(self, token_lists: list[list[int]]):
        """n token lists -> [n, d] unit vectors."""
        flat = torch.tensor([i for ids in token_lists for i in (ids or [BOS_ID])])
        sizes = torch.tensor([max(1, len(ids)) for ids in token_lists])
        owner = torch.repeat_interleave(torch.arange(len(token_lists)), sizes)
        unique, where = flat.unique(return_inverse=True)
        z = rms_norm(F.embedding(unique, self.embedding), None, 1e-5)
        weight = F.linear(z, self.logits).clamp(-12, 12).exp()  # [u, heads]
        weighted = (F.linear(z, self.value).view(-1, HEADS, HEAD) * weight[..., None]).flatten(1)
        both = torch.cat([weighted, weight], dim=1)
        sums = both.new_zeros(len(token_lists), both.shape[1]).index_add(0, owner, both[where])
        pooled = sums[:, :WIDTH].view(-1, HEADS, HEAD) / sums[:, WIDTH:, None]
        return F.normalize(F.linear(pooled.flatten(1), self.output), dim=-1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--contrast", type=float, default=0.05)
    parser.add_argument("--without-teacher", action="store_true", help="random start, natural pairs alone (ablation)")
    parser.add_argument("--convert", action="store_true", help="only write the llama model of tables trained before")
    parser.add_argument("--name", default="static")
    options = parser.parse_args()
    torch.set_num_threads(threads())
    torch.manual_seed(SEED)
    if options.convert:
        tables = torch.load(WORK / f"{options.name}-tables.pt")
        model = StaticEncoder(tables["embedding"], tables["logits"])
        model.load_state_dict(tables)
    else:
        model = train(options)
    encoder = to_llama(model, Shape(layers=options.layers))
    torch.save({"shape": encoder.shape.as_dict(), "model": encoder.state_dict()}, WORK / f"{options.name}.pt")


def train(options) -> StaticEncoder:
    """The trained tables; WORK/NAME-tables.pt and figures/NAME.json follow the training."""
    records = RecordStream()
    model = StaticEncoder(*(random_embedding() if options.without_teacher else first_embedding(records)))
    held_out = HeldOut()
    groups = [
        {"params": [model.embedding], "lr": RATES["embedding"]},
        {"params": [model.value, model.output], "lr": RATES["value"]},
        {"params": [model.logits], "lr": RATES["logits"]},
    ]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.99), fused=True)
    steps = options.epochs * len(records.records) // TEXT_RECORDS
    anneal = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / 20) * max(0.0, 1 - s / steps))
    history, stream = [], records.batches(TEXT_RECORDS, "b")
    print(json.dumps(figures(model, held_out)), len(records.records), steps, flush=True)
    for step in range(1, steps + 1):
        batch = next(stream)
        a, b = model([r.a for r in batch]), model([r.b for r in batch])
        loss = (1.0 if options.without_teacher else options.contrast) * contrast(a, b, pair_weights(batch))
        if not options.without_teacher:
            teacher_a, teacher_b = teacher_pair(batch)
            loss = loss + match_vectors(a, teacher_a) + match_vectors(b, teacher_b)
            loss = loss + 0.5 * match_similarities(a, b, teacher_a, teacher_b)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        anneal.step()
        if step % 100 == 0 or step == steps:
            entry = {"step": step, "cpu_seconds": round(time.process_time()), "loss": round(loss.item(), 4)}
            history.append({**entry, "held_out": figures(model, held_out)})
            print(json.dumps(history[-1]), flush=True)
            (FIGURES / f"{options.name}.json").write_text(json.dumps(history, indent=1) + "\n")
            torch.save(model.state_dict(), WORK / f"{options.name}-tables.pt")
    return model


def random_embedding():
    """(embedding [v, d], logits [heads, d]) without a teacher."""
    return torch.randn(VOCABULARY, WIDTH), 0.01 * torch.randn(HEADS, WIDTH)


def first_embedding(records: RecordStream):
    """(embedding [v, d], logits [heads, d]): the teacher's vectors of the pieces, and weights fitted to a / (a + p(piece))."""
    path = WORK / "piece-vectors.pt"
    if not path.exists():
        tokenizer = load_tokenizer()
        surfaces = [tokenizer.id_to_piece(i).replace("\u2581", " ").strip() for i in range(tokenizer.get_piece_size())]
        torch.save(torch.from_numpy(Teacher().encode([s or "." for s in surfaces])), path)
    vectors = torch.load(path)
    counts = torch.zeros(len(vectors))
    for record in records.records:
        counts.index_add_(0, torch.tensor(record.b or [0]), torch.ones(max(1, len(record.b))))
    vectors = vectors - vectors[SPECIAL_BASE + 16 + 256 :].mean(0)
    z = vectors / vectors.pow(2).mean(1, keepdim=True).sqrt()
    wanted = torch.log(1e-3 / (1e-3 + counts / counts.sum()))
    importance = (counts + 1).sqrt()[:, None]
    gram = z.T @ (importance * z)
    gram.diagonal().add_(1e-2 * gram.diagonal().mean())
    slope = torch.linalg.solve(gram, z.T @ (importance[:, 0] * (wanted - wanted.mean())))
    return z, slope.expand(HEADS, -1).clone()


@torch.no_grad()
def figures(model: StaticEncoder, held_out: HeldOut) -> dict:
    """The same held-out figures as heldout.HeldOut gives for a llama model."""
    a, b = model(held_out.tokens["a"]), model(held_out.tokens["b"])
    return held_out.compare(a, b)


@torch.no_grad()
def to_llama(model: StaticEncoder, shape: Shape) -> Encoder:
    """The same function as a llama model: layers before the last output nothing, the last one pools.

    Keys and queries use the slowest RoPE pair of each head, which hardly turns within the context. The special
    tokens' embedding is the one direction that every head's key is low on; BOS has it too.
    """
    encoder = Encoder(shape)
    for layer in encoder.blk[:-1]:
        for name in ("attn_q", "attn_k", "attn_v"):
            nn.init.normal_(getattr(layer, name), std=0.04)
        for name in ("ffn_gate", "ffn_up"):
            nn.init.normal_(getattr(layer, name), std=0.04)
    last = encoder.blk[-1]
    nn.init.normal_(last.ffn_gate, std=0.04)
    nn.init.normal_(last.ffn_up, std=0.04)
    encoder.token_embd.copy_(rms_norm(model.embedding, None, 1e-5))
    direction = special_direction(model.logits)
    special = [BOS_ID, *range(SPECIAL_BASE, SPECIAL_BASE + len(SPECIAL_TOKENS))]
    noise = 0.02 * torch.randn(len(special), WIDTH)  # tells the sixteen apart once the layers open
    encoder.token_embd[special] = SPECIAL_SIZE * (direction + noise)
    scale = HEAD**0.5
    rows = torch.arange(HEAD - 2, WIDTH, HEAD)
    last.attn_k[rows] = model.logits * scale / QUERY
    last.attn_q[rows] = QUERY * direction / direction.pow(2).sum()
    last.attn_v.copy_(model.value)
    last.attn_output.copy_(TEXT_SHARE * model.output)
    return encoder


def special_direction(logits):
    """[d] with rms one, on which every head's logit is SPECIAL_LOGIT (or as low as can be)."""
    wanted = torch.full((HEADS,), SPECIAL_LOGIT)
    direction = logits.T @ torch.linalg.solve(logits @ logits.T + 1e-4 * torch.eye(HEADS), wanted)
    return direction / direction.pow(2).mean().sqrt()


if __name__ == "__main__":
    main()
