"""Stage 6: a checkpoint as a GGUF file: llama architecture, Q8_0 matrices, F32 norms, and the prompt profile as metadata.

RoPE here already rotates the pairs (2i, 2i + 1), ggml's normal mode, so q and k need no permutation. Without an
output tensor llama.cpp takes the token embedding as the output head (tied).

    python export_gguf.py runs/main/last.pt [--type f32]
"""

import argparse

import gguf
import numpy as np
import torch

from settings import BOS_ID, EOS_ID, MODEL_OUT, SPECIAL_TOKENS, SUFFIX_LENGTH, UNKNOWN_ID, WORK
from train_tokenizer import load_tokenizer

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
    writer = gguf.GGUFWriter(path, "llama")
    write_metadata(writer, state["shape"])
    write_tokenizer(writer)
    for name, tensor in state["model"].items():
        values = tensor.float().numpy()
        if values.ndim == 2 and options.type == "q8_0":
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(tensor_name(name), gguf.quants.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(tensor_name(name), values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(path)


def write_metadata(writer: gguf.GGUFWriter, shape: dict) -> None:
    writer.add_name("llara-mini")
    writer.add_description("Small LLaRA text encoder: SELF prompt for passages, NEXT prompt for queries.")
    writer.add_license(LICENSE)
    writer.add_context_length(shape["context"])
    writer.add_embedding_length(shape["width"])
    writer.add_block_count(shape["layers"])
    writer.add_feed_forward_length(shape["feed_forward"])
    writer.add_head_count(shape["heads"])
    writer.add_head_count_kv(shape["heads"])
    writer.add_layer_norm_rms_eps(shape["norm_epsilon"])
    writer.add_rope_dimension_count(shape["width"] // shape["heads"])
    writer.add_rope_freq_base(shape["rope_base"])
    writer.add_vocab_size(shape["vocabulary"])
    writer.add_string("llara.prompt.self", "".join(SPECIAL_TOKENS[:SUFFIX_LENGTH]))
    writer.add_string("llara.prompt.next", "".join(SPECIAL_TOKENS[SUFFIX_LENGTH:]))
    writer.add_uint32("llara.pooling.last_tokens", SUFFIX_LENGTH)
    writer.add_string("llara.text.normalization", NORMALIZATION)


def write_tokenizer(writer: gguf.GGUFWriter) -> None:
    """Pieces, scores and types as llama.cpp's SPM tokenizer reads them."""
    tokenizer = load_tokenizer()
    ids = range(tokenizer.get_piece_size())
    writer.add_tokenizer_model("llama")
    writer.add_token_list([tokenizer.id_to_piece(i) for i in ids])
    writer.add_token_scores([tokenizer.get_score(i) for i in ids])
    writer.add_token_types([token_type(tokenizer, i) for i in ids])
    writer.add_bos_token_id(BOS_ID)
    writer.add_eos_token_id(EOS_ID)
    writer.add_unk_token_id(UNKNOWN_ID)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(True)


def token_type(tokenizer, token: int) -> int:
    """llama.cpp's token type: 1 normal, 2 unknown, 3 control, 4 user-defined, 6 byte."""
    if tokenizer.is_unknown(token):
        return gguf.TokenType.UNKNOWN
    if tokenizer.is_control(token):
        return gguf.TokenType.CONTROL
    if tokenizer.id_to_piece(token) in SPECIAL_TOKENS:
        return gguf.TokenType.USER_DEFINED
    return gguf.TokenType.BYTE if tokenizer.is_byte(token) else gguf.TokenType.NORMAL


def tensor_name(name: str) -> str:
    """Module path to GGUF name: they are spelled alike but for the suffix."""
    return f"{name}.weight"


def dequantised(model: dict) -> dict:
    """The state dict with every matrix rounded to Q8_0 and back: what the shipped file computes with."""
    kind = gguf.GGMLQuantizationType.Q8_0
    round_trip = lambda v: gguf.quants.dequantize(gguf.quants.quantize(v, kind), kind)  # noqa: E731
    return {n: torch.from_numpy(round_trip(t.float().numpy())) if t.ndim == 2 else t for n, t in model.items()}


if __name__ == "__main__":
    main()
