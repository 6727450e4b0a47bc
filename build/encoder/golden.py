"""Stage 8: golden vectors for the product's tests: 200 texts with their token ids and PyTorch embeddings of both prompts.

The texts come from corpora in the public domain or under CC0 and CC BY. Embeddings are of the unrounded weights; `q8_0`
holds the cosines that the same code reaches with the weights rounded as they ship.

    python golden.py runs/main/last.pt
"""

import base64
import json
import sys

import numpy as np
import torch

from llara_mini import pieces
from export_gguf import dequantised
from llara_mini.heldout import embed
from llara_mini.model import NEXT, SELF, Encoder, Shape
from settings import REPOSITORY, WORK, threads
from llara_mini.text import first_words, normalise

SOURCES = {"wikinews", "us-speeches", "pepys-diary", "shakespeare", "dc-code", "va-gov", "factbook"}
TEXTS = 200


def main() -> None:
    torch.set_num_threads(threads())
    state = torch.load(WORK / sys.argv[1], weights_only=False)
    texts = choose_texts()
    tokens = pieces.encode(texts)
    exact, rounded = (vectors(state["shape"], model, tokens) for model in (state["model"], dequantised(state["model"])))
    cosine = (exact * rounded).sum(-1)
    fixture = {
        "model": "llara-mini",
        "width": exact.shape[-1],
        "encoding": "base64 of float16, little endian, row-major",
        "q8_0": {"meanCosine": round(float(cosine.mean()), 6), "minCosine": round(float(cosine.min()), 6)},
        "texts": [
            {"text": t, "tokens": [pieces.CLS_ID, *ids], "self": encoded(e[0]), "next": encoded(e[1])}
            for t, ids, e in zip(texts, tokens, exact, strict=True)
        ],
    }
    path = REPOSITORY / "tests" / "native" / "fixtures" / "llara-mini-golden.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path, fixture["q8_0"])


def choose_texts() -> list[str]:
    """Normalised texts of 2 to about 150 words, plus a few that try the tokenizer."""
    hard = ["naïve café, déjà vu: 漢字 и русский 🙂", "x", "§ 12-345(a)(1): 3.14159 × 10^-7", "e = mc² ½ ﬁ"]
    rows = [json.loads(line) for line in (WORK / "heldout.jsonl").open(encoding="utf-8")]
    rows = [r for r in rows if r["source"] in SOURCES]
    rows = rows[:: max(1, len(rows) // TEXTS)][: TEXTS - len(hard)]
    lengths = [6, 12, 25, 60, 150]
    return [normalise(t) for t in hard] + [first_words(r["ab"[i % 2]], lengths[i % 5]) for i, r in enumerate(rows)]


def vectors(shape: dict, model: dict, tokens):
    """[n, 2, d]: SELF and NEXT embeddings."""
    encoder = Encoder(Shape(**shape))
    encoder.load_state_dict(model)
    return torch.stack([embed(encoder, tokens, SELF), embed(encoder, tokens, NEXT)], dim=1)


def encoded(vector) -> str:
    return base64.b64encode(vector.numpy().astype(np.float16).tobytes()).decode("ascii")


if __name__ == "__main__":
    main()
