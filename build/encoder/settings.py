"""Paths, seeds and sizes shared by every stage, so that two stages can never disagree about them.

Work files (texts, checkpoints) live outside the repository, under LLARA_ENCODER_WORK.
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

# Shape of the teacher, and so of what is made from it.
WIDTH, HEADS, FEED_FORWARD, TEXT_LAYERS = 384, 12, 1536, 6
HEAD = WIDTH // HEADS
CONTEXT = 512
NORM_EPSILON = 1e-5

SPECIAL_TOKENS = [f"<s{i}>" for i in range(1, 17)]
SUFFIX_LENGTH = 8

# Sources whose titles are weakest in licence are left out of everything.
DROPPED_SOURCES = {"novels-100", "movie-reviews"}
# Sources that no stage trains on: the out-of-domain check that picks checkpoints.
HELD_OUT_SOURCES = {"masc", "openstax-anatomy", "scitldr", "scitldr_train"}


def threads() -> int:
    """CPU threads for torch; one by default, because other work shares the machine."""
    return int(os.environ.get("LLARA_ENCODER_THREADS", "1"))
