"""Stage 5: the mean of two checkpoints' weights. Further training from a checkpoint unlearns a little of what it adds; halfway between both, less is
lost than gained (evaluate.py says whether).

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
