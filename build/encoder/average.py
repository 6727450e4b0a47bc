"""Stage 5: the mean of two checkpoints' weights. Further training may unlearn some of what a checkpoint knew; whether the point
halfway between both is better than either, evaluate.py says.

    python average.py shipped.pt runs/distil-long/last.pt        # WORK/average.pt
"""

import sys

import torch

from settings import WORK


def main() -> None:
    first, second = (torch.load(WORK / name, weights_only=False) for name in sys.argv[1:3])
    if first["shape"] != second["shape"]:
        raise SystemExit(f"{sys.argv[1]} and {sys.argv[2]} are models of different shapes.")
    model = {name: (value + second["model"][name]) / 2 for name, value in first["model"].items()}
    torch.save({"shape": first["shape"], "model": model}, WORK / "average.pt")
    print(WORK / "average.pt")


if __name__ == "__main__":
    main()
