"""Stage 7: a checkpoint as a GGUF file: llama architecture, Q8_0 matrices, F32 norms and biases, and the prompt profile as metadata.

RoPE here already rotates the pairs (2i, 2i + 1), ggml's normal mode, so q and k need no permutation; `rope_freqs.weight` says
which pairs turn, and how fast. Without an output tensor llama.cpp takes the token embedding as the output head (tied).

    python export_gguf.py runs/main/last.pt [--type f32]
"""

import argparse

import gguf
import numpy as np
import torch

from llara_mini import pieces
from llara_mini.model import ROPE_BASE, Shape
from settings import MODEL_OUT, NORM_EPSILON, SPECIAL_TOKENS, SUFFIX_LENGTH, WORK

# llama.cpp's WordPiece tokenizer lowers the case and takes accents off itself.
NORMALIZATION = "nfkc,collapse-whitespace,lowercase"
LICENSE = "Apache-2.0"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint")
    parser.add_argument("--type", choices=["q8_0", "f32"], default="q8_0")
    parser.add_argument("--out")
    options = parser.parse_args()
    state = torch.load(WORK / options.checkpoint, weights_only=False)
    MODEL_OUT.mkdir(parents=True, exist_ok=True)
    path = options.out or MODEL_OUT / f"llara-mini-{options.type}.gguf"
    shape = Shape(**state["shape"])
    writer = gguf.GGUFWriter(path, "llama")
    write_metadata(writer, shape)
    write_tokenizer(writer)
    writer.add_tensor("rope_freqs.weight", np.array(shape.rope_factors(), np.float32))
    for name, tensor in state["model"].items():
        values = tensor.float().numpy()
        name = name if "." in name else f"{name}.weight"
        if values.ndim == 2 and options.type == "q8_0":
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(path)


def write_metadata(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_name("llara-mini")
    writer.add_description("Small LLaRA text encoder: SELF prompt for passages, NEXT prompt for queries.")
    writer.add_license(LICENSE)
    writer.add_languages(["en"])
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(NORM_EPSILON)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_string("llara.prompt.self", "".join(SPECIAL_TOKENS[:SUFFIX_LENGTH]))
    writer.add_string("llara.prompt.next", "".join(SPECIAL_TOKENS[SUFFIX_LENGTH:]))
    writer.add_uint32("llara.pooling.last_tokens", SUFFIX_LENGTH)
    writer.add_string("llara.text.normalization", NORMALIZATION)


def write_tokenizer(writer: gguf.GGUFWriter) -> None:
    """Pieces and types as llama.cpp's WPM tokenizer reads them: a word's first piece carries the mark, the others lose their ##."""
    names, _ = pieces.vocabulary()
    writer.add_tokenizer_model("bert")
    writer.add_token_list([spelling(name) for name in names])
    writer.add_token_types([token_type(name) for name in names])
    writer.add_bos_token_id(pieces.CLS_ID)
    writer.add_unk_token_id(pieces.UNKNOWN_ID)
    writer.add_sep_token_id(pieces.SEP_ID)
    writer.add_pad_token_id(pieces.UNKNOWN_ID)
    writer.add_mask_token_id(pieces.UNKNOWN_ID)
    writer.add_add_bos_token(True)
    writer.add_add_sep_token(False)


def spelling(name: str) -> str:
    if name in pieces.LEADING or name in SPECIAL_TOKENS:
        return name
    return name.removeprefix("##") if is_continuation(name) else f"\u2581{name}"


def is_continuation(name: str) -> bool:
    return name.startswith("##") and len(name) > 2


def token_type(name: str) -> int:
    """llama.cpp's token type: 1 normal, 3 control, 4 user-defined."""
    if name in pieces.LEADING:
        return gguf.TokenType.CONTROL
    return gguf.TokenType.USER_DEFINED if name in SPECIAL_TOKENS else gguf.TokenType.NORMAL


def dequantised(model: dict) -> dict:
    """The state dict with every matrix rounded to Q8_0 and back: what the shipped file computes with."""
    return {n: on_grid(t) if t.ndim == 2 else t for n, t in model.items()}


def on_grid(matrix):
    """A matrix [n, d] rounded to Q8_0 and back."""
    kind = gguf.GGMLQuantizationType.Q8_0
    return torch.from_numpy(gguf.quants.dequantize(gguf.quants.quantize(matrix.float().numpy(), kind), kind))


if __name__ == "__main__":
    main()
