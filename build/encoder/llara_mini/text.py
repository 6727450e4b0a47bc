"""The text side that Python and the product must share: normalisation."""

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
