"""The text side that Python and the product must share: normalisation, and the 200-token chunks of evaluation."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])")


def normalise(text: str) -> str:
    """NFKC, white space collapsed, lower case: what `llara.text.normalization` in the GGUF file promises."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def sentences(text: str) -> list[str]:
    """Sentences of the raw (cased) text, by punctuation alone."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def first_words(text: str, count: int) -> str:
    """The first `count` words of a text."""
    return " ".join(text.split()[:count])


def chunk_words(text: str, words: int = 150) -> list[str]:
    """A long text as pieces of about equal length, none above `words` words (150 words are about 200 tokens)."""
    all_words = text.split()
    pieces = max(1, -(-len(all_words) // words))
    size = -(-len(all_words) // pieces) if all_words else 1
    return [" ".join(all_words[i : i + size]) for i in range(0, len(all_words), size)] or [""]
