"""Stage 7: dense nDCG@10 (linear gain) on held-out pairs and on the four test collections, for the teacher and for checkpoints.

A document's title and text are chunked into pieces of about 200 tokens, its score is its best chunk's: the same for
both encoders. No checkpoint is chosen by these figures and no query or judgement trains anything.

    python evaluate.py teacher tuned.pt             # figures/evaluation.json
    python evaluate.py --held-out tuned-tables.pt   # held-out pairs alone: these may pick a checkpoint
"""

import hashlib
import json
import math
import sys
from collections import defaultdict

import numpy as np
import torch

from export_gguf import dequantised
from heldout import embed, pair_ndcg
from model import NEXT, SELF, Encoder, Shape
from settings import DATA, FIGURES, WORK, threads
from static_start import StaticEncoder
from teacher import Teacher
from text import chunk_words, normalise
from train_tokenizer import load_tokenizer

COLLECTIONS = ["cranfield", "time", "squad_dev", "scifact"]
# squad_dev has 10 570 questions; every eighth is measured, the same ones for every encoder.
QUESTION_STRIDE = {"squad_dev": 8}


def main() -> None:
    torch.set_num_threads(threads())
    path = FIGURES / "evaluation.json"
    held_out_only = sys.argv[1] == "--held-out"
    for name in sys.argv[1 + held_out_only :]:
        encode = teacher_encoder() if name == "teacher" else checkpoint_encoder(name)
        row = json.loads(path.read_text()).get(name, {}) if path.exists() and name == "teacher" else {}
        row["held_out"] = row.get("held_out") or held_out_figures(encode)
        print(name, row, flush=True)
        if held_out_only:
            continue
        for collection in COLLECTIONS:
            row[collection] = row.get(collection) or round(ndcg_of(collection, encode), 4)
            print(name, row, flush=True)
        row["average"] = round(sum(row[collection] for collection in COLLECTIONS) / len(COLLECTIONS), 4)
        figures = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**figures, name: row}, indent=1) + "\n")


def teacher_encoder():
    """The teacher: (texts, branch) -> [n, d]; vectors are kept in blocks of 512 texts, so that a run can go on."""
    teacher, folder = Teacher(), WORK / "evaluation"
    folder.mkdir(exist_ok=True)

    def encode(texts: list[str], _branch: str):
        blocks = []
        for block in (texts[i : i + 512] for i in range(0, len(texts), 512)):
            path = folder / f"{hashlib.sha256(chr(0).join(block).encode()).hexdigest()[:16]}.npy"
            if not path.exists():
                np.save(path, teacher.encode(block))
            blocks.append(np.load(path))
        return np.concatenate(blocks)

    return encode


def checkpoint_encoder(name: str):
    """Encoder of WORK/<name>, weights rounded to Q8_0 as they ship: (texts, branch) -> [n, d].

    A file of static tables is run as such, which is the same function as its llama model and much faster.
    """
    state = torch.load(WORK / name, weights_only=False)
    if "logits" in state:
        return static_encoder(state)
    encoder = Encoder(Shape(**state["shape"]))
    encoder.load_state_dict(dequantised(state["model"]))
    tokenizer = load_tokenizer()
    return lambda texts, branch: embed(encoder, tokenizer.encode([normalise(t) for t in texts]), branch).numpy()


def static_encoder(tables: dict):
    model = StaticEncoder(tables["embedding"], tables["logits"])
    model.load_state_dict(tables, strict=False)
    tokenizer = load_tokenizer()

    @torch.no_grad()
    def encode(texts: list[str], _branch: str):
        tokens = tokenizer.encode([normalise(t) for t in texts])
        return torch.cat([model(tokens[i : i + 256]) for i in range(0, len(tokens), 256)]).numpy()

    return encode


def held_out_figures(encode) -> dict:
    """nDCG@10 over every held-out natural pair: against all passages of its domain, and of its source alone for unseen sources.

    Unlike the figures that training reports (heldout.HeldOut) these have hard negatives: hundreds of passages of one subject.
    """
    rows = [r for r in read_lines(WORK / "heldout.jsonl") if r["kind"] != "cloze"]
    a, b = (torch.from_numpy(encode([r[side] for r in rows], branch)) for side, branch in (("a", NEXT), ("b", SELF)))
    groups = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row["domain"]].append(number)
        if row["domain"] == "out":
            groups[row["source"]].append(number)
    indices = {name: torch.tensor(numbers) for name, numbers in groups.items()}
    return {name: round(pair_ndcg(a[own], b[own], torch.arange(len(own))), 4) for name, own in indices.items()}


def ndcg_of(collection: str, encode) -> float:
    """Mean nDCG@10 over the judged queries of one collection."""
    folder = DATA / "ir" / collection
    documents = read_lines(folder / "corpus.jsonl")
    judged = read_judgements(folder / "qrels.tsv")
    queries = [q for q in read_lines(folder / "queries.jsonl") if q["_id"] in judged]
    queries = queries[:: QUESTION_STRIDE.get(collection, 1)]
    chunks, owner = [], []
    for number, document in enumerate(documents):
        pieces = chunk_words(document["text"])
        chunks += [f"{document.get('title') or ''} {piece}".strip() for piece in pieces]
        owner += [number] * len(pieces)
    passages = encode(chunks, SELF)
    scores_of = encode([q["text"] for q in queries], NEXT) @ passages.T
    owner = np.array(owner)
    total = 0.0
    for query, scores in zip(queries, scores_of, strict=True):
        best = np.full(len(documents), -np.inf, np.float32)
        np.maximum.at(best, owner, scores)
        top = np.argsort(-best, kind="stable")[:10]
        total += ndcg([judged[query["_id"]].get(documents[i]["_id"], 0) for i in top], judged[query["_id"]])
    return total / len(queries)


def ndcg(gains: list[int], judgements: dict[str, int]) -> float:
    """nDCG@10 with linear gain, as trec_eval computes it."""
    ideal = sorted(judgements.values(), reverse=True)[:10]
    discounted = lambda values: sum(v / math.log2(i + 2) for i, v in enumerate(values))  # noqa: E731
    return discounted(gains) / discounted(ideal)


def read_lines(path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def read_judgements(path) -> dict[str, dict[str, int]]:
    """query -> document -> grade, positive grades only; the header line is skipped."""
    out: dict[str, dict[str, int]] = defaultdict(dict)
    for line in path.open(encoding="utf-8"):
        query, document, grade = line.rstrip("\n").split("\t")[:3]
        if grade.lstrip("-").isdigit() and int(grade) > 0:
            out[query][document] = int(grade)
    return out


if __name__ == "__main__":
    main()
