"""The ablation that the method's claim needs: with and without EBAE + EBAR, with and without the teacher, the same CPU-seconds each.

A cell with the teacher starts from the transplant and is distilled; one without starts from chance and learns from natural pairs
alone. A cell with EBAE + EBAR spends its first third on that loss (preset `pretrain`). Every stage warms up and cools down. Figures are
those of held-out pairs (heldout.py).

    python ablate.py [--cpu-seconds 300]          # figures/ablation.json; a cell that is there already is not run again
"""

import argparse
import json
import subprocess
import sys

import torch

from llara_mini import pieces
from llara_mini.model import Encoder, Shape
from settings import FIGURES, HERE, SEED, WORK

START = {"teacher": "transplant.pt", "none": "chance.pt"}
PRESET = {"teacher": "distil", "none": "contrast"}
MANY_STEPS = 100_000  # the seconds end a run, not the steps


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cpu-seconds", type=float, default=300)
    parser.add_argument("--cells", default="teacher,teacher+ebae,none,none+ebae")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    write_chance()
    path = FIGURES / "ablation.json"
    for cell in options.cells.split(","):
        table = json.loads(path.read_text()) if path.exists() else {}
        if cell not in table:
            path.write_text(json.dumps({**table, cell: run_cell(cell, options.cpu_seconds)}, indent=1) + "\n")


@torch.no_grad()
def write_chance() -> None:
    """An encoder of the same shape with random maps."""
    encoder = Encoder(Shape(vocabulary=len(pieces.vocabulary()[0])))
    for name, parameter in encoder.named_parameters():
        if parameter.ndim == 2 and "ffn_up" not in name:
            parameter.normal_(std=0.04)
    for layer in encoder.blk:
        layer.ffn_up.bias.fill_(1.0)
    torch.save({"shape": encoder.shape.as_dict(), "model": encoder.state_dict()}, WORK / START["none"])


def run_cell(cell: str, seconds: float) -> dict:
    """Held-out figures after EBAE + EBAR, where the cell has it, and at the end."""
    source, *stage = cell.split("+")
    initial, before = START[source], None
    if stage:
        before = train(f"ablation-{cell}-pretrained", "pretrain", initial, seconds / 3)
        initial, seconds = f"runs/ablation-{cell}-pretrained/last.pt", 2 * seconds / 3
    return {"after_pretraining": before, "end": train(f"ablation-{cell}", PRESET[source], initial, seconds)}


def train(name: str, preset: str, initial: str, seconds: float) -> dict:
    """The last held-out figures of a run of so many seconds."""
    call = [sys.executable, str(HERE / "train.py"), "--preset", preset, "--name", name, "--initial", initial]
    subprocess.run([*call, "--steps", str(MANY_STEPS), "--cpu-seconds", str(seconds), "--report", str(MANY_STEPS)], check=True)
    last = json.loads((FIGURES / f"{name}.json").read_text())[-1]
    return {"cpu_seconds": last["cpu_seconds"], "tokens": last["tokens"], **last["held_out"]}


if __name__ == "__main__":
    main()
