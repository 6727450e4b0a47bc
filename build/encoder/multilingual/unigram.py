"""The pieces as a SentencePiece model: the reference tokenizer that pieces are counted with, whole or pruned."""

from collections.abc import Iterable

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as model_format

from charsmap import nmt_nfkc
from packed_file import PackedEncoder

Kind = model_format.ModelProto.SentencePiece.Type


def unigram_tokenizer(packed: PackedEncoder, kept: Iterable[int]) -> sentencepiece.SentencePieceProcessor:
    """Ids are places in `kept`."""
    model = model_format.ModelProto()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.normalizer_spec.name = "nmt_nfkc"
    model.normalizer_spec.precompiled_charsmap = nmt_nfkc()
    control = {packed.bos, packed.eos, packed.pad, len(packed.pieces) - 1}
    for piece in kept:
        kind = Kind.UNKNOWN if piece == packed.unknown else Kind.CONTROL if piece in control else Kind.NORMAL
        model.pieces.add(piece=packed.pieces[piece].decode(), score=float(packed.scores[piece]), type=kind)
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(model.SerializeToString())
    return processor
