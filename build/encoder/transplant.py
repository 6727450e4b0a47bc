"""Stage 2: the teacher's BERT carried over into a llama model, as nearly the same function as llama's blocks can hold.

    python transplant.py        # WORK/transplant.pt

| BERT | llama |
| --- | --- |
| norms after each sum | norms before each map: factors fitted per dimension on calibration texts; maps that write to the stream take the size that the stream has there |
| GELU(x) | x · sigmoid(1.702 x): a SwiGLU whose second factor is its bias |
| learnt positions | the mean position in every embedding; how far a token looks becomes RoPE on the biases of q and k, fitted to the teacher's mean logit at each distance; content keeps the 24 best directions of each head and does not turn |
| mean over tokens | a seventh layer in which the suffix attends evenly to the text |
| attention both ways | causal: not carried over, that is what training is for |
"""

import json

import torch
from torch.nn import functional as F

from llara_mini import pieces
from llara_mini.model import SELF, Encoder, Shape, causal
from settings import HEAD, HEADS, SEED, SPECIAL_TOKENS, TEXT_LAYERS, WIDTH, WORK, threads
from llara_mini.teacher import Teacher, padded

CALIBRATION_TEXTS = 320
DISTANCES = 64
TEXT_SIZE = 0.1  # of the teacher's embeddings: the stream grows to a few tens of times this, and logits of the tied head stay about one
SUFFIX_SIZE = 10.0  # of a suffix token
SUFFIX_LOGIT = 12.0  # how far below text a suffix token is for the pool
POOL_SIZE = 40.0  # of the pooled text: it outweighs what else is in the stream of the suffix
GELU = 1.702
DIRECTION_RIDGE = 1e-2  # keeps directions from leaning on dimensions that hardly vary: rounding to eight bits would blur them


def main() -> None:
    torch.set_num_threads(threads())
    torch.manual_seed(SEED)
    trace = Trace(Teacher())
    ones = torch.ones(WIDTH)
    # A first pass shows which dimensions of the stream are large in the end: the suffix lies along those.
    factors = transplant(trace, ones).blk[-2].ffn_norm.weight
    suffix = 1 / factors.clamp_min(0.1 * factors.median())
    encoder = transplant(trace, suffix / suffix.pow(2).mean().sqrt())
    torch.save({"shape": encoder.shape.as_dict(), "model": encoder.state_dict()}, WORK / "transplant.pt")


@torch.no_grad()
def transplant(trace, suffix) -> Encoder:
    """The llama model whose suffix tokens lie in the direction `suffix` [d] of the stream."""
    teacher = trace.teacher
    names, teacher_ids = pieces.vocabulary()
    encoder = Encoder(Shape(vocabulary=len(names)))
    own = slice(pieces.FIRST_PIECE, None)
    for rows in (slice(0, pieces.FIRST_SPECIAL), own):
        encoder.token_embd[rows] = TEXT_SIZE * centred(teacher.embed(torch.tensor(teacher_ids[rows]), trace.mean_position))
    special = slice(pieces.FIRST_SPECIAL, pieces.FIRST_PIECE)
    encoder.token_embd[special] = SUFFIX_SIZE * suffix * (1 + 0.02 * torch.randn(len(SPECIAL_TOKENS), WIDTH))
    # CLS sees nothing but itself here. So large, it stays what it is in every layer; its keys and values are set apart (set_for_cls).
    encoder.token_embd[pieces.CLS_ID] = SUFFIX_SIZE * suffix * torch.randn(WIDTH).sign()
    streams = [F.embedding(ids, encoder.token_embd) for ids in trace.own_ids(teacher_ids)]
    rotation = encoder.rotation(torch.arange(max(x.shape[1] for x in streams)))
    for index, layer in enumerate(encoder.blk[:-1]):
        streams = carry_layer(layer, trace, index, streams, rotation, suffix)
    pooling_layer(encoder, trace, streams, suffix)
    return encoder


def calibration_ids(teacher: Teacher) -> list[list[int]]:
    """The teacher's ids of the first passages of the stream that are long enough to show distances."""
    texts = []
    with (WORK / "records.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["b"])
            if len(texts) == 6 * CALIBRATION_TEXTS:
                break
    encoded = [e.ids for e in teacher.tokenizer.encode_batch(texts)]
    return [ids for ids in encoded if len(ids) >= 30][:CALIBRATION_TEXTS]


class Trace:
    """The teacher's run over the calibration texts with its own attention but without positions in its states.

    states[2 l] goes into the attention of layer l, states[2 l + 1] into its feed-forward: lists of [b, t, d] per batch.
    """

    @torch.no_grad()
    def __init__(self, teacher: Teacher):
        self.teacher = teacher
        rows = calibration_ids(teacher)
        positions = teacher.weights["embeddings.position_embeddings.weight"]
        self.mean_position = positions[1:DISTANCES].mean(0)
        self.states = [[] for _ in range(2 * TEXT_LAYERS + 1)]
        self.ids, self.masks = [], []
        self.logit_sums = torch.zeros(TEXT_LAYERS, HEADS, DISTANCES + 1)
        self.pair_counts = torch.zeros(DISTANCES + 1)
        for start in range(0, len(rows), 16):
            self.run(positions, *padded(rows[start : start + 16]))

    def run(self, positions, ids, mask) -> None:
        teacher = self.teacher
        t = ids.shape[1]
        words = mask.clone()
        words[:, 0] = False
        words[torch.arange(len(ids)), mask.sum(1) - 1] = False
        self.ids.append(ids)
        self.masks.append(words)
        exact, still = teacher.embed(ids, positions[:t]), teacher.embed(ids, self.mean_position)
        blocked = torch.zeros(len(ids), 1, 1, t).masked_fill_(~mask[:, None, None, :], float("-inf"))
        distance = torch.arange(t)[:, None] - torch.arange(t)
        near = (distance >= 0) & (distance <= DISTANCES)
        pairs = words[:, None, :, None] & words[:, None, None, :] & near
        self.pair_counts.index_add_(0, distance[near], pairs.sum((0, 1))[near].float())
        self.states[0].append(still)
        for layer in range(TEXT_LAYERS):
            scores = [self.scores(teacher, x, layer) for x in (exact, still)]
            attention = (scores[0] + blocked).softmax(-1)
            difference = ((scores[0] - scores[1]) * pairs).sum(0)[:, near]
            self.logit_sums[layer].index_add_(1, distance[near], difference)
            _, exact = teacher.layer(exact, attention, layer)
            between, still = teacher.layer(still, attention, layer)
            self.states[2 * layer + 1].append(between)
            self.states[2 * layer + 2].append(still)

    @staticmethod
    def scores(teacher, x, layer: int):
        return teacher.heads(x, layer, "query") @ teacher.heads(x, layer, "key").transpose(-1, -2) / HEAD**0.5

    def text(self, index: int):
        """[n, d]: states of the words alone, without CLS and SEP."""
        return self.words(self.states[index])

    def own_ids(self, teacher_ids: list[int]):
        """The calibration texts in the encoder's ids, a batch at a time; what the vocabulary lacks is unknown."""
        own = torch.zeros(max(teacher_ids) + 1, dtype=torch.long)
        own[torch.tensor([i for i in teacher_ids if i >= 0])] = torch.tensor([n for n, i in enumerate(teacher_ids) if i >= 0])
        return [own[ids] for ids in self.ids]

    def words(self, batches: list):
        """[b, t, d] a batch -> [n, d]"""
        return torch.cat([x[words] for x, words in zip(batches, self.masks, strict=True)])

    def cls(self, index: int):
        """[d]: mean state of CLS."""
        return torch.cat([x[:, 0] for x in self.states[index]]).mean(0)

    def curve(self, layer: int):
        """[heads, DISTANCES + 1]: what the positions add to the logit of a token so far back, on average."""
        return self.logit_sums[layer] / self.pair_counts.clamp_min(1)


def carry_layer(layer, trace: Trace, index: int, streams: list, rotation, suffix) -> list:
    """Fills one llama block; the encoder's own streams on the calibration texts before it -> after it."""
    at = f"encoder.layer.{index}"
    w = trace.teacher.weights
    x, stream = trace.text(2 * index), trace.words(streams)
    rest, blind = fit_norm(layer.attn_norm, stream, x, suffix)
    key_of_cls = carry_attention_scores(layer, trace, index, rest, blind)
    values = f"{at}.attention.self.value"
    set_reading(layer.attn_v, w[f"{values}.weight"], w[f"{values}.bias"], rest, blind)
    cls = trace.cls(2 * index)
    set_for_cls(layer, streams, stream, key_of_cls, w[f"{values}.weight"] @ cls + w[f"{values}.bias"])
    set_writing(layer.attn_output, w, f"{at}.attention.output.dense", stream, x)
    streams = [layer.attend(part, [table[: part.shape[1]] for table in rotation], causal(part.shape[1])) for part in streams]

    x, stream = trace.text(2 * index + 1), trace.words(streams)
    rest, blind = fit_norm(layer.ffn_norm, stream, x, suffix)
    gate = f"{at}.intermediate.dense"
    set_reading(layer.ffn_gate, GELU * w[f"{gate}.weight"], GELU * w[f"{gate}.bias"], rest, blind)
    layer.ffn_up.bias.fill_(1 / GELU)
    set_writing(layer.ffn_down, w, f"{at}.output.dense", stream, x)
    return [layer.feed_forward(part) for part in streams]


def fit_norm(norm, stream, wanted, suffix):
    """Sets the norm's factors so that the normed stream is `wanted` less a constant.

    Returns the constant, which goes into biases, and (what the norm makes of the suffix, the direction that tells it from text).
    """
    unit = stream / stream.pow(2).mean(-1, keepdim=True).sqrt()
    slope, intercept = same_moments(unit, wanted)
    norm.weight.copy_(slope)
    return intercept, (slope * suffix, direction_of(slope * suffix, slope * unit))


def same_moments(x, y):
    """Per column, slope and intercept that give x the mean and the spread of y. [n, d] twice -> [d], [d]."""
    slope = y.std(0) / x.std(0).clamp_min(1e-9)
    return slope, y.mean(0) - slope * x.mean(0)


def set_reading(linear, weight, bias, rest, blind) -> None:
    """A map that reads the normed stream: takes the constant that the norm lacks, and is blind to the suffix (`blind`: fit_norm's)."""
    suffix, direction = blind
    linear.weight.copy_(weight - torch.outer(weight @ suffix, direction))
    linear.bias.copy_(bias + weight @ rest)


def set_writing(linear, w: dict, name: str, stream, state) -> None:
    """A map that writes to the stream [n, d], at the size that the teacher's state has in it.

    The teacher's norm takes means off, so means are not written at all.
    """
    size, shift = same_moments(state, stream)
    linear.weight.copy_(size[:, None] * centred(w[f"{name}.weight"].T).T)
    linear.bias.copy_(size * centred(w[f"{name}.bias"]) - shift)


def carry_attention_scores(layer, trace: Trace, index: int, rest, blind):
    """Queries and keys: per head the best directions of the content, which stand still, and biases that turn.

    Returns the key [d] that CLS should have: as far from everything, so without the part that turns.
    """
    x, cls = trace.text(2 * index), trace.cls(2 * index)
    turning = layer_turning()
    still = HEAD - 2 * len(turning)
    maps = {}
    for name in ("query", "key"):
        at = f"encoder.layer.{index}.attention.self.{name}"
        maps[name] = (trace.teacher.weights[f"{at}.weight"], trace.teacher.weights[f"{at}.bias"])
    query_weight, query_bias = torch.zeros(WIDTH, WIDTH), torch.zeros(WIDTH)
    key_weight, key_bias = torch.zeros(WIDTH, WIDTH), torch.zeros(WIDTH)
    key_of_cls = torch.zeros(WIDTH)
    curves = fit_curve(trace.curve(index), trace.pair_counts, turning)
    for head in range(HEADS):
        own = slice(head * HEAD, (head + 1) * HEAD)
        (q_weight, q_bias), (k_weight, _) = ((weight[own], bias[own]) for weight, bias in maps.values())
        q, k = x @ q_weight.T + q_bias, (x - x.mean(0)) @ k_weight.T
        to_q, to_k = content_basis(q, k)
        rows = slice(own.start, own.start + still)
        query_weight[rows], query_bias[rows] = (to_q @ q_weight)[:still], (to_q @ q_bias)[:still]
        key_weight[rows] = (to_k @ k_weight)[:still]
        key_of_cls[rows] = key_weight[rows] @ (cls - x.mean(0))
        key_bias[rows] = -key_weight[rows] @ x.mean(0)  # nothing to the words, all to CLS
        for pair, (cosine, sine) in enumerate(curves[head]):
            # q and k turn apart by the distance: |q| |k| cos(angle · distance - phase) = cosine · cos + sine · sin
            row = own.start + still + 2 * pair
            size, phase = (HEAD**0.5 * torch.hypot(cosine, sine)).sqrt(), torch.atan2(sine, cosine)
            query_bias[row] = size
            key_bias[row : row + 2] = size * torch.stack([phase.cos(), phase.sin()])
    set_reading(layer.attn_q, query_weight, query_bias, rest, blind)
    set_reading(layer.attn_k, key_weight, key_bias, rest, blind)
    return key_of_cls


def set_for_cls(layer, streams: list, words, key, value) -> None:
    """Gives CLS the key and value it should have: its state is the same in every text, so one direction does it."""
    own = layer.attn_norm(streams[0][0, 0])
    direction = direction_of(own, layer.attn_norm(words))
    for linear, wanted in ((layer.attn_k, key), (layer.attn_v, value)):
        linear.weight += torch.outer(wanted - linear(own), direction)


def layer_turning() -> torch.Tensor:
    return torch.tensor(Shape(vocabulary=0).turning)


def content_basis(q, k):
    """Maps [hd, hd] of q and k [n, hd] that leave q · k as it is, and put its strongest directions first."""
    roots = [symmetric_power(v.T @ v / len(v), 0.5) for v in (q, k)]
    u, s, v = torch.linalg.svd(roots[0] @ roots[1])
    to_q = s.sqrt()[:, None] * (u.T @ torch.linalg.inv(roots[0]))
    to_k = s.sqrt()[:, None] * (v @ torch.linalg.inv(roots[1]))
    return to_q, to_k


def symmetric_power(matrix, power: float):
    values, vectors = torch.linalg.eigh(matrix + 1e-5 * matrix.diagonal().mean() * torch.eye(len(matrix)))
    return vectors @ torch.diag(values.clamp_min(1e-9) ** power) @ vectors.T


def fit_curve(curve, counts, turning):
    """[heads, pairs, 2]: cosine and sine parts of curve [heads, distances] at the turning angles; near distances count more."""
    distance = torch.arange(curve.shape[1]).float()
    angle = distance[:, None] * turning
    basis = torch.cat([torch.ones(len(distance), 1), torch.stack([angle.cos(), angle.sin()], 2).flatten(1)], 1)
    weight = (counts > 0) / (1 + distance / 4)
    gram = basis.T @ (weight[:, None] * basis) + 1e-2 * torch.eye(basis.shape[1])
    fitted = torch.linalg.solve(gram, basis.T @ (weight[:, None] * curve.T))
    return fitted[1:].T.unflatten(1, (-1, 2))


def direction_of(state, others):
    """[d] whose product with `state` [d] is one and with the `others` [n, d] as small as can be."""
    gram = others.T @ others / len(others)
    direction = torch.linalg.solve(gram + DIRECTION_RIDGE * gram.diagonal().mean() * torch.eye(WIDTH), state)
    return direction / (direction @ state)


def pooling_layer(encoder: Encoder, trace: Trace, streams: list, suffix) -> None:
    """The last layer: every head of every suffix token averages the text's last states; its feed-forward adds nothing yet."""
    layer, stream = encoder.blk[-1], trace.words(streams)
    rest, blind = fit_norm(layer.attn_norm, stream, trace.text(2 * TEXT_LAYERS), suffix)
    set_reading(layer.attn_v, torch.eye(WIDTH), torch.zeros(WIDTH), rest, blind)
    for row in range(0, WIDTH, HEAD):
        layer.attn_q.bias[row] = HEAD**0.5
        layer.attn_k.weight[row] = -SUFFIX_LOGIT * blind[1]
    set_for_cls(layer, streams, stream, torch.zeros(WIDTH), trace.cls(2 * TEXT_LAYERS))
    layer.attn_output.weight.copy_(POOL_SIZE * torch.eye(WIDTH))
    for linear in (layer.ffn_gate, layer.ffn_up):
        linear.weight.normal_(std=0.04)
    _, streams = encoder([[]], SELF)
    layer.attn_output.bias.copy_(-streams[-1][0, 1:].mean(0))


def centred(x):
    """x [.., d] less its mean over d."""
    return x - x.mean(-1, keepdim=True)


if __name__ == "__main__":
    main()
