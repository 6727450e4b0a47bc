"""The teacher as a GGUF file, so that the product itself can measure it: the same chunks, the same search, the same judgements.

    python export_teacher.py            # WORK/teacher-f16.gguf
    llara eval COLLECTION --mode dense --model WORK/teacher-f16.gguf
"""

import gguf
import numpy as np

from export_gguf import spelling
from llara_mini.pieces import teacher_configuration
from settings import CONTEXT, FEED_FORWARD, HEADS, TEXT_LAYERS, WIDTH, WORK
from llara_mini.teacher import Teacher

NORM_EPSILON = 1e-12
FIXED = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}
OF_A_LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
CONTROL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}


def main() -> None:
    path = WORK / "teacher-f16.gguf"
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(TEXT_LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_eps(NORM_EPSILON)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    write_tokenizer(writer)
    names = FIXED | {
        f"encoder.layer.{layer}.{name}": f"blk.{layer}.{own}" for layer in range(TEXT_LAYERS) for name, own in OF_A_LAYER.items()
    }
    weights = Teacher().weights
    for name, own in names.items():
        for part in ("weight", "bias"):
            if f"{name}.{part}" in weights:
                values = weights[f"{name}.{part}"].float().numpy()
                is_map = values.ndim == 2 and own != "token_types" and own != "position_embd"
                writer.add_tensor(f"{own}.{part}", values.astype(np.float16 if is_map else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(path)


def write_tokenizer(writer: gguf.GGUFWriter) -> None:
    known = teacher_configuration()["model"]["vocab"]
    names = sorted(known, key=known.get)
    writer.add_tokenizer_model("bert")
    writer.add_token_list([name if name in CONTROL else spelling(name) for name in names])
    writer.add_token_types([gguf.TokenType.CONTROL if name in CONTROL else gguf.TokenType.NORMAL for name in names])
    writer.add_token_type_count(2)
    writer.add_bos_token_id(known["[CLS]"])
    writer.add_unk_token_id(known["[UNK]"])
    writer.add_sep_token_id(known["[SEP]"])
    writer.add_pad_token_id(known["[PAD]"])
    writer.add_mask_token_id(known["[MASK]"])


if __name__ == "__main__":
    main()
