"""Every loss of the recipe as a function of vectors, states and ids; no model and no data in here."""

import torch
from torch.nn import functional as F

from settings import SPECIAL_BASE, SPECIAL_TOKENS, SUFFIX_LENGTH

SIMILARITY_TEMPERATURE = 0.05
CONTRAST_TEMPERATURE = 0.05
NEXT_TOKEN_POSITIONS = 256  # of a step


def match_vectors(student, teacher):
    """Mean of 1 - cosine over unit vectors [b, d]: the student lives in the teacher's space."""
    return (1 - (student * teacher).sum(-1)).mean()


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
    log_probability = F.log_softmax((suffix @ embedding.T).amax(1), dim=-1)
    rows, ids = [], []
    for row, target in enumerate(targets):
        unique = [i for i in set(target) if i >= SPECIAL_BASE + len(SPECIAL_TOKENS)]
        rows += [row] * len(unique)
        ids += unique
    return -log_probability[torch.tensor(rows), torch.tensor(ids)].mean()


def predict_next_token(text_states, embedding, ids, lengths):
    """The plain language-model loss on the text, at up to NEXT_TOKEN_POSITIONS positions drawn by chance, because the head is
    the dearest part of so small a model. text_states [b, t, d], ids [b, t] padded, lengths [b]."""
    valid = (torch.arange(ids.shape[1] - 1) < (lengths - 1)[:, None]).nonzero()
    row, at = valid[torch.randperm(len(valid))[:NEXT_TOKEN_POSITIONS]].unbind(1)
    return F.cross_entropy(text_states[row, at] @ embedding.T, ids[row, at + 1])


def pretraining_loss(encoder_states, embedding, ids, lengths, own, following):
    """L = L_next_token + (L_EBAE / 10 + L_EBAR / 10) / 2, from one forward of both branches.

    encoder_states: (suffix [b, 16, d], text [b, t, d]); own, following: lists of token ids, an empty `following` is
    a text that ends its document and is left out of EBAR.
    """
    suffix, text = encoder_states
    loss = predict_next_token(text, embedding, ids, lengths)
    loss = loss + predict_token_set(suffix[:, :SUFFIX_LENGTH], embedding, own) / 20
    has_next = [i for i, target in enumerate(following) if target]
    if has_next:
        ahead = predict_token_set(suffix[has_next, SUFFIX_LENGTH:], embedding, [following[i] for i in has_next])
        loss = loss + ahead / 20
    return loss
