"""Every loss of the recipe as a function of vectors, states and ids; no model and no data in here."""

import torch
from torch.nn import functional as F

from llara_mini.pieces import FIRST_PIECE
from settings import SUFFIX_LENGTH

SIMILARITY_TEMPERATURE = 0.05
CONTRAST_TEMPERATURE = 0.05
NEXT_TOKEN_POSITIONS = 256  # of a step


def match_vectors(student, teacher):
    """Mean of 1 - cosine over unit vectors [b, d]: the student lives in the teacher's space."""
    return (1 - (student * teacher).sum(-1)).mean()


def match_states(own, teacher, words):
    """Mean squared difference of token states [b, t, d] at the `words` [b, t], both less their mean, as a share of the teacher's spread."""
    own, teacher = own[words], teacher[words]
    own, teacher = own - own.mean(0), teacher - teacher.mean(0)
    return (own - teacher).pow(2).mean() / teacher.pow(2).mean()


def match_similarities(a, b, teacher_a, teacher_b):
    """KL(teacher || student) of the softmax over in-batch similarities, of a over b and of b over a. All [n, d]."""

    def divergence(student, teacher):
        wanted = F.softmax(teacher / SIMILARITY_TEMPERATURE, dim=-1)
        return F.kl_div(F.log_softmax(student / SIMILARITY_TEMPERATURE, dim=-1), wanted, reduction="batchmean")

    student, teacher = a @ b.T, teacher_a @ teacher_b.T
    return (divergence(student, teacher) + divergence(student.T, teacher.T)) / 2


def contrast(a, b, weights):
    """InfoNCE both ways with in-batch negatives; `weights` [n] counts each pair. a, b [n, d] unit vectors."""
    logits = a @ b.T / CONTRAST_TEMPERATURE
    own = torch.arange(len(a))
    each = F.cross_entropy(logits, own, reduction="none") + F.cross_entropy(logits.T, own, reduction="none")
    return (each * weights).sum() / (2 * weights.sum().clamp_min(1e-6))


def predict_token_set(suffix, embedding, targets):
    """EBAE and EBAR's loss: one branch's states must name the set of target tokens through the tied output head.

    suffix [b, 8, d]; embedding [v, d]; targets: b lists of token ids. Logits are the element-wise maximum over the
    eight positions (LLaRA, arXiv 2312.15503); special and repeated ids are left out.
    """
    assert suffix.shape[1] == SUFFIX_LENGTH
    log_probability = F.log_softmax((suffix @ embedding[FIRST_PIECE:].T).amax(1), dim=-1)
    rows, ids = [], []
    for row, target in enumerate(targets):
        unique = [i for i in set(target) if i >= FIRST_PIECE]
        rows += [row] * len(unique)
        ids += unique
    return -log_probability[torch.tensor(rows), torch.tensor(ids) - FIRST_PIECE].mean()


def predict_next_token(text_states, embedding, ids, lengths):
    """The plain language-model loss on the text, at up to NEXT_TOKEN_POSITIONS positions drawn by chance, because the head is
    the dearest part of so small a model. text_states [b, t, d], ids [b, t] padded, lengths [b]."""
    valid = ((torch.arange(ids.shape[1] - 1) < (lengths - 1)[:, None]) & (ids[:, 1:] >= FIRST_PIECE)).nonzero()
    row, at = valid[torch.randperm(len(valid))[:NEXT_TOKEN_POSITIONS]].unbind(1)
    return F.cross_entropy(text_states[row, at] @ embedding[FIRST_PIECE:].T, ids[row, at + 1] - FIRST_PIECE)


def pretraining_loss(branches, text, embedding, ids, lengths, own, following):
    """L = L_next_token + (L_EBAE / 10 + L_EBAR / 10) / 2, from both branches of one text.

    branches: normed suffix states of SELF and of NEXT, [b, 8, d] each; text: normed text states [b, t, d]; own, following: lists of
    token ids, an empty `following` is a text that ends its document and is left out of EBAR.
    """
    self_suffix, next_suffix = branches
    loss = predict_next_token(text, embedding, ids, lengths)
    loss = loss + predict_token_set(self_suffix, embedding, own) / 20
    has_next = [i for i, target in enumerate(following) if target]
    if has_next:
        loss = loss + predict_token_set(next_suffix[has_next], embedding, [following[i] for i in has_next]) / 20
    return loss
