"""How many tokens the sample texts take with all pieces and with those that stay, by language.

    python compare_tokens.py
"""

from choose_pieces import choose_pieces
from packed_file import package_file, read_packed
from sample_texts import TEXTS
from unigram import unigram_tokenizer


def main() -> None:
    packed = read_packed(package_file())
    whole = unigram_tokenizer(packed, range(len(packed.pieces)))
    pruned = unigram_tokenizer(packed, choose_pieces(packed))
    print("| language | tokens per text, whole | pruned | more |\n| --- | --- | --- | --- |")
    for language, texts in TEXTS.items():
        before, after = (sum(map(len, tokenizer.encode(texts))) / len(texts) for tokenizer in (whole, pruned))
        print(f"| {language} | {before:.1f} | {after:.1f} | {after / before - 1:+.1%} |")


if __name__ == "__main__":
    main()
