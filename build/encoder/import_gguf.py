"""The shipped file as a checkpoint again: where further training starts without the work files of the run that made it.

    python import_gguf.py [FILE.gguf]         # WORK/shipped.pt, for train.py --initial shipped.pt
"""

import sys

import gguf
import torch

from llara_mini.model import Encoder, Shape
from settings import MODEL_OUT, WORK

FACTORS = "rope_freqs.weight"


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else MODEL_OUT / "llara-mini-q8_0.gguf"
    tensors = {t.name: torch.from_numpy(gguf.quants.dequantize(t.data, t.tensor_type).copy()) for t in gguf.GGUFReader(path).tensors}
    shape = Shape(vocabulary=len(tensors["token_embd.weight"]))
    if not torch.allclose(tensors.pop(FACTORS), torch.tensor(shape.rope_factors())):
        raise SystemExit(f"{path} turns its pairs otherwise than model.Shape; it was made by another recipe.")
    own = Encoder(shape).state_dict()
    model = {name: tensors[name if "." in name else f"{name}.weight"].reshape(value.shape) for name, value in own.items()}
    torch.save({"shape": shape.as_dict(), "model": model}, WORK / "shipped.pt")
    print(WORK / "shipped.pt")


if __name__ == "__main__":
    main()
