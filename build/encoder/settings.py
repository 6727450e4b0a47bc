"""Paths, seeds and sizes shared by every stage, so that two stages can never disagree about them.

Work files (texts, teacher vectors, checkpoints) live outside the repository, under LLARA_ENCODER_WORK.
"""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
WORK = Path(os.environ.get("LLARA_ENCODER_WORK", Path.home() / ".cache" / "llara-encoder"))
DATA = Path(os.environ.get("LLARA_ENCODER_DATA", REPOSITORY.parent / "shared" / "data"))
FIGURES = HERE / "figures"
MODEL_OUT = REPOSITORY / "resources" / "models" / "llara-mini"

SEED = 20240717

VOCABULARY = int(os.environ.get("LLARA_ENCODER_VOCABULARY", "49152"))  # the ablation takes a smaller one: its losses run the whole head
SPECIAL_TOKENS = [f"<s{i}>" for i in range(1, 17)]
BOS_ID, EOS_ID, UNKNOWN_ID = 1, 2, 0
SPECIAL_BASE = 3  # id of <s1>; <s1>..<s8> are SELF, <s9>..<s16> are NEXT
SUFFIX_LENGTH = 8
CONTEXT = 512

# Sources whose titles are weakest in licence are left out of everything.
DROPPED_SOURCES = {"novels-100", "movie-reviews"}
# Sources that no stage trains on: the out-of-domain check that picks checkpoints.
HELD_OUT_SOURCES = {"masc", "openstax-anatomy", "scitldr", "scitldr_train"}


def threads() -> int:
    """CPU threads for torch; one by default, because other work shares the machine."""
    return int(os.environ.get("LLARA_ENCODER_THREADS", "1"))
