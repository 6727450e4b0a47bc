"""Which of the 250 002 pieces stay: those that spare most tokens, with no language left far behind the others.

A piece is worth its frequency in a language times the tokens that it spares there: how many more its text takes without it. Frequencies come
from word lists of 42 languages (package wordfreq), and for the others from the tokenizer's own probabilities within each script. A language that
loses more than the others weighs more in the next round. All single characters stay, so that nothing becomes unreadable that was readable before.

    python choose_pieces.py            # how many pieces of each script stay
"""

import math
from collections import Counter

import numpy as np
from fontTools import unicodedata as scripts
from wordfreq import get_frequency_dict

from languages import BY_SCRIPT, WITH_FREQUENCIES
from packed_file import PackedEncoder, package_file, read_packed
from unigram import unigram_tokenizer

KEPT_PIECES = 130_000
WORDS_PER_LANGUAGE = 60_000
ROUNDS = 8
# Word lists are in lower case; texts are not.
CASES = ((str.lower, 0.75), (str.capitalize, 0.2), (str.upper, 0.05))
MARK = "\u2581"
# Characters without a script or for private use: fonts' leftovers.
NO_SCRIPT = "Zzzz"
COMMON = ("Zyyy", "Zinh")


def choose_pieces(packed: PackedEncoder, count: int = KEPT_PIECES) -> np.ndarray:
    """Ids of the pieces that stay, ascending [count]."""
    texts = [piece.decode() for piece in packed.pieces]
    script = [script_of(text) for text in texts]
    special = {packed.bos, packed.eos, packed.pad, packed.unknown, len(texts) - 1}
    single = {at for at, text in enumerate(texts) if len(text.replace(MARK, "")) <= 1 and script[at] != NO_SCRIPT}
    frequencies = np.concatenate([frequencies_by_word(packed), frequencies_by_script(packed, script, special)])
    spared = frequencies * tokens_spared(packed, texts, special)
    importance = np.array([1.0] * len(WITH_FREQUENCIES) + list(BY_SCRIPT.values()))
    weights = importance
    for _ in range(ROUNDS):
        worth = weights @ spared
        worth[[*special, *single]] = np.inf
        kept = np.argsort(-worth, kind="stable")[:count]
        lost = spared.sum(axis=1) - spared[:, kept].sum(axis=1)
        weights = (weights + importance * lost / lost.mean()) / 2
    return np.sort(kept)


def script_of(text: str) -> str:
    found = Counter(scripts.script(character) for character in text.replace(MARK, ""))
    own = [name for name, _ in found.most_common() if name not in COMMON]
    return own[0] if own else COMMON[0]


def frequencies_by_word(packed: PackedEncoder) -> np.ndarray:
    """Each piece's share of the pieces that a text of the language has [languages, pieces]."""
    tokenizer = unigram_tokenizer(packed, range(len(packed.pieces)))
    shares = np.zeros((len(WITH_FREQUENCIES), len(packed.pieces)))
    for row, language in zip(shares, WITH_FREQUENCIES, strict=True):
        words = sorted(get_frequency_dict(language).items(), key=lambda item: -item[1])[:WORDS_PER_LANGUAGE]
        for change, weight in CASES:
            for ids, (_, frequency) in zip(tokenizer.encode([change(word) for word, _ in words]), words, strict=True):
                row[ids] += frequency * weight
    return shares / shares.sum(axis=1, keepdims=True)


def frequencies_by_script(packed: PackedEncoder, script: list[str], special: set[int]) -> np.ndarray:
    """Each piece's probability within its script [scripts, pieces]."""
    probability = np.exp(packed.scores.astype(np.float64))
    probability[list(special)] = 0
    shares = np.array([[name == own for own in script] for name in BY_SCRIPT]) * probability
    return shares / shares.sum(axis=1, keepdims=True)


def tokens_spared(packed: PackedEncoder, texts: list[str], special: set[int]) -> np.ndarray:
    """How many pieces more the text of each piece takes where that piece is not there, at least one [pieces]."""
    score = {text: float(packed.scores[at]) for at, text in enumerate(texts) if at not in special}
    longest = max(map(len, score))
    return np.array([max(1, pieces_without(text, score, longest) - 1) for text in texts])


def pieces_without(text: str, score: dict[str, float], longest: int) -> int:
    """Viterbi over all pieces but the text itself; a character without a piece counts as one, at a low score."""
    best = [(0.0, 0)] + [(-math.inf, 0)] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + longest) + 1):
            part = text[start:end]
            if part == text:
                continue
            gain = score.get(part, -50.0 if end == start + 1 else -math.inf)
            if best[start][0] + gain > best[end][0]:
                best[end] = (best[start][0] + gain, best[start][1] + 1)
    return best[-1][1]


def main() -> None:
    packed = read_packed(package_file())
    kept = choose_pieces(packed)
    script = [script_of(piece.decode()) for piece in packed.pieces]
    before, after = Counter(script), Counter(script[piece] for piece in kept)
    for name, count in before.most_common():
        print(f"{name} {count} -> {after[name]}")


if __name__ == "__main__":
    main()
