"""The vocabulary: the teacher's own WordPieces, less the unused ones and those of scripts that no English text is written in,
and the sixteen special tokens. Keeping the teacher's pieces is what lets its embeddings and layers be carried over.

llama.cpp reads it as the tokenizer `bert` (WPM): lower case, accents off, longest piece first.
"""

import json
import unicodedata
from functools import cache

from tokenizers import Tokenizer

from settings import SPECIAL_TOKENS, SUFFIX_LENGTH
from llara_mini.teacher import package_folder

UNKNOWN, CLS, SEP = "[UNK]", "[CLS]", "[SEP]"
LEADING = [UNKNOWN, CLS, SEP]
DROPPED_SCRIPTS = {
    "CJK", "KATAKANA", "KATAKANA-HIRAGANA", "HIRAGANA", "HANGUL", "ARABIC", "BENGALI", "DEVANAGARI", "HEBREW", "ARMENIAN",
    "TAMIL", "GEORGIAN", "THAI", "TIBETAN", "SINHALA", "KANNADA", "FULLWIDTH", "IDEOGRAPHIC", "TELUGU", "MALAYALAM",
}  # fmt: skip
FIRST_SPECIAL = len(LEADING)  # id of <s1>; <s1>..<s8> are SELF, <s9>..<s16> are NEXT
FIRST_PIECE = FIRST_SPECIAL + len(SPECIAL_TOKENS)
UNKNOWN_ID, CLS_ID, SEP_ID = range(FIRST_SPECIAL)


@cache
def teacher_configuration() -> dict:
    return json.loads((package_folder() / "tokenizer.json").read_text(encoding="utf-8"))


@cache
def vocabulary() -> tuple[list[str], list[int]]:
    """(pieces in order of id, the teacher's id of each); the special tokens have none: -1."""
    known = teacher_configuration()["model"]["vocab"]
    kept = sorted((i, piece) for piece, i in known.items() if piece not in LEADING and is_kept(piece))
    pieces = [*LEADING, *SPECIAL_TOKENS, *(piece for _, piece in kept)]
    return pieces, [known[p] for p in LEADING] + [-1] * len(SPECIAL_TOKENS) + [i for i, _ in kept]


def is_kept(piece: str) -> bool:
    if piece.startswith("[") and len(piece) > 1:
        return False  # [PAD], [MASK], [unused…]
    letters = piece.removeprefix("##")
    return not any(unicodedata.name(c, "?").split()[0] in DROPPED_SCRIPTS for c in letters)


@cache
def tokenizer() -> Tokenizer:
    """Texts to ids of `vocabulary()`, with neither CLS nor SEP around them."""
    pieces, _ = vocabulary()
    configuration = dict(teacher_configuration(), post_processor=None, padding=None, truncation=None, added_tokens=[])
    configuration["model"] = dict(configuration["model"], vocab={p: i for i, p in enumerate(pieces)})
    return Tokenizer.from_str(json.dumps(configuration))


def encode(texts: list[str]) -> list[list[int]]:
    """Token ids of texts, without CLS and suffix."""
    return [e.ids for e in tokenizer().encode_batch(texts)]


def suffix_ids(branch: str) -> list[int]:
    """The eight special tokens of one branch: "self" (passages) or "next" (queries)."""
    first = FIRST_SPECIAL + {"self": 0, "next": SUFFIX_LENGTH}[branch]
    return list(range(first, first + SUFFIX_LENGTH))
