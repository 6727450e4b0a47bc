"""Stage 4: the fast start: a model of token embeddings and one pooling layer, distilled at tens of thousands of tokens/s.

While only the last layer works, the embedding of a text is, per attention head, a softmax-weighted mean of a linear
value of its tokens. So keys and values are computed once per distinct token of a batch instead of once per token, and
the eight special positions collapse into one constant query. Every piece starts from the teacher's vector of its own
surface string. `to_llama` then writes the same function as a llama model whose other layers add nothing yet.

    python static_start.py --steps 1536                # writes WORK/static.pt and WORK/static-tables.pt
    python static_start.py --tables static-tables.pt --steps 300 --pairs 256 --rate 4e-3 --name tuned
    python static_start.py --convert --layers 2        # WORK/static.pt again from the tables
"""

import argparse
import json
import time

import torch
from torch import nn
from torch.nn import functional as F

import workers
from batches import RecordStream, pair_weights, teacher_pair
from heldout import HeldOut
from losses import contrast, match_similarities, match_vectors
from model import Encoder, Shape, rms_norm
from pairs import natural_pairs, pair_batches
from settings import BOS_ID, FIGURES, SEED, SPECIAL_BASE, SPECIAL_TOKENS, VOCABULARY, WORK, threads
from teacher import Teacher
from topics import topic_batches
from train_tokenizer import load_tokenizer

WIDTH, HEADS = 384, 12
HEAD = WIDTH // HEADS
FEED_FORWARD = 1024
TEXT_RECORDS = 256  # records a step
SPECIAL_LOGIT = -9.0  # of BOS and of the special tokens themselves: they take no part in the pool
TEXT_SIZE = 0.05  # of a piece's embedding: the norm undoes it, and the tied output head starts with logits of about one
SPECIAL_SIZE = 0.1  # of a special token's embedding: the pooled text outweighs it in the stream, the norm undoes it elsewhere
SPECIAL_NOISE = 0.5  # of the sixteen tokens beside their common direction
TEXT_SHARE = 4.0
QUERY = 4.0


class StaticEncoder(nn.Module):
    """Embedding table, per-head logits, value and output maps, and the layer's feed-forward; token lists in, unit vectors out."""

    def __init__(self, embedding, logits):
        super().__init__()
        self.embedding = nn.Parameter(embedding)  # [v, d]
        self.logits = nn.Parameter(logits)  # [heads, d]: the key of every head, its constant query folded in
        self.value = nn.Parameter(torch.eye(WIDTH))
        self.output = nn.Parameter(torch.eye(WIDTH))
        self.gate, self.up = (nn.Parameter(0.04 * torch.randn(FEED_FORWARD, WIDTH)) for _ in range(2))
        self.down = nn.Parameter(torch.zeros(WIDTH, FEED_FORWARD))

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
        x = TEXT_SHARE * F.linear(pooled.flatten(1), self.output)
        h = rms_norm(x, None, 1e-5)
        return F.normalize(x + F.linear(F.silu(F.linear(h, self.gate)) * F.linear(h, self.up), self.down), dim=-1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1536)
    parser.add_argument("--rate", type=float, default=1e-2, help="of embedding and logits")
    parser.add_argument("--tables", help="file in WORK to go on from")
    parser.add_argument("--pairs", type=int, default=0, help="natural pairs a step besides the teacher's records")
    parser.add_argument("--pair-weight", type=float, default=0.3)
    parser.add_argument("--report", type=int, default=100)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--similarities", type=float, default=0.5, help="weight of the teacher's in-batch similarities")
    parser.add_argument("--topics", action="store_true", help="batches of a few topics each, for hard negatives")
    parser.add_argument("--contrast", type=float, default=0.05)
    parser.add_argument("--without-teacher", action="store_true", help="random start, natural pairs alone (ablation)")
    parser.add_argument("--convert", action="store_true", help="only write the llama model of tables trained before")
    parser.add_argument("--layers-from", help="checkpoint in WORK whose layers before the pool are carried over")
    parser.add_argument("--name", default="static")
    options = parser.parse_args()
    torch.set_num_threads(threads())
    workers.join()
    torch.manual_seed(SEED)
    if options.convert:
        model = load_tables(f"{options.name}-tables.pt")
    else:
        model = train(options)
        if workers.RANK:
            return
    encoder = to_llama(model, Shape(layers=options.layers))
    if options.layers_from:
        earlier = torch.load(WORK / options.layers_from, weights_only=False)["model"]
        for index, layer in enumerate(encoder.blk[:-1]):
            layer.load_state_dict({n: earlier[f"blk.{index}.{n}"] for n in layer.state_dict()})
    torch.save({"shape": encoder.shape.as_dict(), "model": encoder.state_dict()}, WORK / f"{options.name}.pt")


def train(options) -> StaticEncoder:
    """The trained tables; WORK/NAME-tables.pt and figures/NAME.json follow the training."""
    records = RecordStream()
    model = first_model(records, options)
    held_out = HeldOut() if workers.RANK == 0 else None
    groups = [
        {"params": [model.embedding], "lr": options.rate},
        {"params": [model.value, model.output, model.gate, model.up, model.down], "lr": 1e-3},
        {"params": [model.logits], "lr": options.rate},
    ]
    optimiser = torch.optim.Adam(groups, betas=(0.9, 0.99), fused=True)
    steps = options.steps
    anneal = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / 20) * max(0.0, 1 - s / steps))
    history = []
    stream, natural = (by_topic if options.topics else at_random)(model, records, options)
    for step in range(1, steps + 1):
        loss = step_loss(model, next(stream), next(natural) if natural else [], options)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        anneal.step()
        workers.average_weights(model.parameters(), step)
        if workers.RANK == 0 and (step % options.report == 0 or step == steps):
            seconds = round(time.process_time() * workers.COUNT)
            history.append({"step": step, "cpu_seconds": seconds, "loss": round(loss.item(), 4)})
            history[-1]["held_out"] = figures(model, held_out)
            print(json.dumps(history[-1]), flush=True)
            (FIGURES / f"{options.name}.json").write_text(json.dumps(history, indent=1) + "\n")
            torch.save(model.state_dict(), WORK / f"{options.name}-tables.pt")
    return model


def at_random(_model, records: RecordStream, options):
    """(batches of records, batches of natural pairs or None), drawn from everything."""
    natural = pair_batches(options.pairs, workers.RANK) if options.pairs else None
    return records.batches(TEXT_RECORDS, "b", workers.RANK, workers.COUNT), natural


def by_topic(model, records: RecordStream, options):
    """The same, every batch from a few topics; topics are those of the passages' vectors at the start."""

    @torch.no_grad()
    def batches(rows, passages, size: int, stream: str):
        vectors = torch.cat([model(passages[i : i + 512]) for i in range(0, len(passages), 512)])
        for batch in topic_batches(vectors, size, f"{stream}/{workers.RANK}"):
            yield [rows[i] for i in batch]

    natural = natural_pairs() if options.pairs else []
    return (
        batches(records.records, [r.b for r in records.records], TEXT_RECORDS, "records"),
        batches(natural, [p[1] for p in natural], options.pairs, "pairs") if natural else None,
    )


def step_loss(model: StaticEncoder, batch, natural, options):
    """Teacher vectors and similarities on records, contrast on their pairs, and on natural pairs without a teacher."""
    a, b = model([r.a for r in batch]), model([r.b for r in batch])
    loss = (1.0 if options.without_teacher else options.contrast) * contrast(a, b, pair_weights(batch))
    if not options.without_teacher:
        teacher_a, teacher_b = teacher_pair(batch)
        loss = loss + match_vectors(a, teacher_a) + match_vectors(b, teacher_b)
        loss = loss + options.similarities * match_similarities(a, b, teacher_a, teacher_b)
    if natural:
        a, b = model([p[0] for p in natural]), model([p[1] for p in natural])
        loss = loss + options.pair_weight * contrast(a, b, torch.ones(len(natural)))
    return loss


def first_model(records: RecordStream, options) -> StaticEncoder:
    """Tables of an earlier run, or the teacher's piece vectors, or chance."""
    if options.tables:
        return load_tables(options.tables)
    return StaticEncoder(*(random_embedding() if options.without_teacher else first_embedding(records)))


def load_tables(name: str) -> StaticEncoder:
    """The model of a WORK/*-tables.pt file."""
    tables = torch.load(WORK / name)
    model = StaticEncoder(tables["embedding"], tables["logits"])
    model.load_state_dict(tables, strict=False)  # the first stage had no feed-forward yet
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
    last.ffn_gate.copy_(model.gate)
    last.ffn_up.copy_(model.up)
    last.ffn_down.copy_(model.down)
    encoder.token_embd.copy_(TEXT_SIZE * rms_norm(model.embedding, None, 1e-5))
    direction = special_direction(model.logits)
    special = [BOS_ID, *range(SPECIAL_BASE, SPECIAL_BASE + len(SPECIAL_TOKENS))]
    size = SPECIAL_NOISE if shape.layers > 1 else 0.02  # tells the sixteen apart once the layers open
    noise = size * torch.randn(len(special), WIDTH)
    noise -= (noise @ direction / direction.pow(2).sum())[:, None] * direction
    encoder.token_embd[special] = SPECIAL_SIZE * (direction + noise)
    scale = HEAD**0.5
    rows = torch.arange(HEAD - 2, WIDTH, HEAD)
    last.attn_k[rows] = model.logits * scale / QUERY
    nn.init.normal_(last.attn_q, std=0.04)  # meets zero keys: adds nothing yet, but gives the keys a slope
    last.attn_q[rows] = QUERY * (1 + size**2) ** 0.5 * direction / direction.pow(2).sum()
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
