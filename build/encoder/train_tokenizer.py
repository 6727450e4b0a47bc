"""Stage 2: a llama-compatible SentencePiece BPE tokenizer with byte fallback and the sixteen special tokens.

Normalisation is the caller's (text.normalise), so SentencePiece itself normalises nothing: that keeps its ids
equal to llama.cpp's, which knows no normaliser either.

    python train_tokenizer.py        # writes WORK/tokenizer.model
"""

import sentencepiece

from settings import BOS_ID, EOS_ID, SPECIAL_TOKENS, UNKNOWN_ID, VOCABULARY, WORK


def main() -> None:
    sentencepiece.SentencePieceTrainer.train(
        input=str(WORK / "tokenizer.txt"),
        model_prefix=str(WORK / "tokenizer"),
        model_type="bpe",
        vocab_size=VOCABULARY,
        byte_fallback=True,
        character_coverage=0.9997,
        normalization_rule_name="identity",
        add_dummy_prefix=True,
        remove_extra_whitespaces=False,
        split_digits=False,
        max_sentencepiece_length=24,
        unk_id=UNKNOWN_ID,
        bos_id=BOS_ID,
        eos_id=EOS_ID,
        pad_id=-1,
        user_defined_symbols=SPECIAL_TOKENS,
        num_threads=2,
        max_sentence_length=16_384,
    )
    tokenizer = load_tokenizer()
    print(tokenizer.encode("the wing of an aircraft in supersonic flow <s1><s16> 1963 naïve 漢", out_type=str))
    print([tokenizer.piece_to_id(token) for token in SPECIAL_TOKENS])


def load_tokenizer() -> sentencepiece.SentencePieceProcessor:
    """The tokenizer of stage 2."""
    return sentencepiece.SentencePieceProcessor(model_file=str(WORK / "tokenizer.model"))


if __name__ == "__main__":
    main()
