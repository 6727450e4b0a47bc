"""The ablation that the method's claim needs: with and without EBAE + EBAR, with and without the teacher, same CPU budget.

Every cell: a static start, then SECONDS of training with one layer opened under the pool, of which a cell with EBAE + EBAR
spends its first third on that loss (preset `pretrain`). Every stage warms up and cools down. Figures are those of held-out
pairs (heldout.py). The vocabulary is a third of the shipped one, in a work folder of its own: the head is the dearest part.

    LLARA_ENCODER_VOCABULARY=16384 LLARA_ENCODER_WORK=… python ablate.py           # figures/ablation.json; a cell that is there already is not run again
"""

import argparse
import json
import subprocess
import sys

from settings import FIGURES, HERE, WORK

SECONDS = 60
STATIC_STEPS = 150
REPORT_STEPS = 100_000  # figures at the end only


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cells", default="teacher,teacher+ebae,none,none+ebae")
    options = parser.parse_args()
    path = FIGURES / "ablation.json"
    for cell in options.cells.split(","):
        table = json.loads(path.read_text()) if path.exists() else {}
        if cell in table:
            continue
        result = run_cell(cell)
        table = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**table, cell: result}, indent=1) + "\n")
        print(cell, result, flush=True)


def run_cell(cell: str) -> dict:
    """Held-out figures after the static start and at the end of one cell."""
    start = "ablation-static-" + ("teacher" if cell.startswith("teacher") else "none")
    if not (WORK / f"{start}.pt").exists():
        extra = [] if cell.startswith("teacher") else ["--without-teacher"]
        call("static_start.py", "--steps", str(STATIC_STEPS), "--name", start, *extra)
    call("static_start.py", "--convert", "--layers", "2", "--name", start)
    preset = "distil" if cell.startswith("teacher") else "contrast"
    name = f"ablation-{cell}"
    if cell.endswith("+ebae"):
        pretraining = last_figures(name, "pretrain", start, SECONDS / 3)
        final = last_figures(name, preset, start, SECONDS)
    else:
        pretraining, final = None, last_figures(name, preset, start, SECONDS)
    after_start = json.loads((FIGURES / f"{start}.json").read_text())[-1]
    return {"start": after_start["held_out"], "after_pretraining": pretraining, "end": final}


def last_figures(name: str, preset: str, start: str, seconds: float) -> dict:
    """Trains a run until it has had `seconds` of CPU in all, and returns its last held-out figures."""
    call(
        "train.py", "--preset", preset, "--name", name, "--initial", f"{start}.pt", "--steps", "100000",
        "--cpu-seconds", str(seconds), "--report", str(REPORT_STEPS), "--batch", "48",
    )  # fmt: skip
    last = json.loads((FIGURES / f"{name}.json").read_text())[-1]
    return {"cpu_seconds": last["cpu_seconds"], "tokens": last["tokens"], **last["held_out"]}


def call(script: str, *arguments: str) -> None:
    subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)


if __name__ == "__main__":
    main()
