"""Stage 6: the held-out pairs with hard negatives, for the teacher and for checkpoints: the figures that may choose what ships.

Every natural held-out pair over all passages of its side, hundreds of them on one subject. Test collections are measured by the
product itself (`llara eval`), with the file that ships and with the teacher's (export_teacher.py); they choose nothing.

    python evaluate.py teacher shipped.pt average.pt        # figures/evaluation.json
"""

import json
import sys
from collections import defaultdict

import torch

from llara_mini import pieces
from export_gguf import dequantised
from llara_mini.heldout import embed, pair_ndcg
from llara_mini.model import NEXT, SELF, Encoder, Shape
from settings import FIGURES, WORK, threads
from llara_mini.teacher import Teacher


def main() -> None:
    torch.set_num_threads(threads())
    path = FIGURES / "evaluation.json"
    for name in sys.argv[1:]:
        encode = teacher_encoder() if name == "teacher" else checkpoint_encoder(name)
        row = {kind: held_out_figures(f"heldout{suffix}.jsonl", encode) for kind, suffix in (("short", ""), ("long", "-long"))}
        print(name, row, flush=True)
        figures = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**figures, name: row}, indent=1) + "\n")


def teacher_encoder():
    teacher = Teacher()
    return lambda texts, _branch: torch.from_numpy(teacher.encode(texts))


def checkpoint_encoder(name: str):
    """Encoder of WORK/<name>, weights rounded to Q8_0 as they ship: (texts, branch) -> [n, d]."""
    state = torch.load(WORK / name, weights_only=False)
    encoder = Encoder(Shape(**state["shape"]))
    encoder.load_state_dict(dequantised(state["model"]))

    def encode(texts, branch):
        with torch.autocast("cpu", torch.bfloat16):  # as in training
            return embed(encoder, pieces.encode(texts), branch).float()

    return encode


def held_out_figures(file: str, encode) -> dict:
    """nDCG@10 over every held-out natural pair: against all passages of its domain, and of its source alone for unseen sources;
    the passages of `file` in WORK are excerpts, or as long as a product's chunks."""
    with (WORK / file).open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] != "cloze"]
    a, b = (encode([r[side] for r in rows], branch) for side, branch in (("a", NEXT), ("b", SELF)))
    groups = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row["domain"]].append(number)
        if row["domain"] == "out":
            groups[row["source"]].append(number)
    indices = {name: torch.tensor(numbers) for name, numbers in groups.items()}
    return {name: round(pair_ndcg(a[own], b[own], torch.arange(len(own))), 4) for name, own in indices.items()}


if __name__ == "__main__":
    main()
