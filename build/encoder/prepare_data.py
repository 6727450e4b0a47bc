"""Stage 1: turn the corpora into one shuffled stream of (short text, passage) records, plus held-out pairs.

Writes WORK/records.jsonl ({"a", "b", "next", "kind", "source"}) and WORK/heldout.jsonl, and with longer passages WORK/records-long.jsonl
and WORK/heldout-long.jsonl.
Reads no test collection. Nothing from a held-out source ever reaches records.jsonl.

    python prepare_data.py
"""

import io
import json
import random
from collections import Counter, defaultdict

import zstandard

from settings import DATA, DROPPED_SOURCES, HELD_OUT_SOURCES, SEED, WORK
from llara_mini.text import first_words, normalise, sentences

# Word caps of a passage excerpt with their shares: most of a token budget buys diversity, some buys length.
# The long stream holds the same records in the same order, so that it has the same held-out pairs; its excerpts are a product's chunks.
EXCERPT_SHARES = (0.55, 0.28, 0.17)
EXCERPT_WORDS = {"": (35, 75, 150), "-long": (75, 150, 200)}
SOURCE_EXPONENT = 0.6  # a source of n records is drawn n**0.6 times as often, not n times
HELD_OUT_PER_SOURCE = 150


def main() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    for suffix, caps in EXCERPT_WORDS.items():
        make_stream(suffix, caps, random.Random(SEED))


def make_stream(suffix: str, caps: tuple[int, ...], rng: random.Random) -> None:
    """Writes records<suffix>.jsonl and heldout<suffix>.jsonl with passages of at most `caps` words."""
    by_source: dict[str, list[dict]] = defaultdict(list)
    for name in ("questions", "headings", "titles"):
        for row in read(f"pairs_{name}"):
            by_source[f"{name}/{row['source']}"].append(pair_record(row, name, caps, rng))
    for record in passage_records(caps, rng):
        by_source[f"passages/{record['source']}"].append(record)

    held_out, training = [], {}
    for source, records in sorted(by_source.items()):
        rng.shuffle(records)
        if records[0]["source"] in HELD_OUT_SOURCES:
            held_out += [dict(r, domain="out") for r in records[: 4 * HELD_OUT_PER_SOURCE]]
            continue
        held_out += [dict(r, domain="in") for r in records[:HELD_OUT_PER_SOURCE]]
        training[source] = records[HELD_OUT_PER_SOURCE:]
    write(f"heldout{suffix}.jsonl", held_out)
    stream = interleave(training, rng)
    write(f"records{suffix}.jsonl", stream)
    print(Counter(r["source"] for r in stream[:100_000]).most_common(), len(stream), len(held_out))


def read(name: str):
    """Rows of one corpus file, dropped sources left out."""
    with (DATA / "corpora" / f"{name}.jsonl.zst").open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            row = json.loads(line)
            if row["source"] not in DROPPED_SOURCES:
                yield row


def excerpt(text: str, caps: tuple[int, ...], rng: random.Random) -> str:
    """The beginning of a passage, or from one of its sentences on, cut to a drawn number of words."""
    cap = rng.choices(caps, EXCERPT_SHARES)[0]
    if rng.random() < 0.4:
        parts = sentences(text)
        text = " ".join(parts[rng.randrange(len(parts)) :]) if len(parts) > 1 else text
    return first_words(text, cap)


def pair_record(row: dict, kind: str, caps: tuple[int, ...], rng: random.Random) -> dict:
    """A natural pair. Half of the headings travel with their passage (as a product's chunks do), half alone."""
    return {
        "a": normalise(first_words(row["query"], 48)),
        "b": normalise(excerpt(row["positive"], caps, rng)),
        "kind": kind,
        "source": row["source"],
    }


def passage_records(caps: tuple[int, ...], rng: random.Random):
    """Unlabelled passages: `a` is one sentence of the passage, `b` the passage without it, `next` the one that follows."""
    previous = None
    for row in read("passages"):
        if previous is not None:
            yield cloze_record(previous, row["text"] if previous["next"] else None, caps, rng)
        previous = row
    yield cloze_record(previous, None, caps, rng)


def cloze_record(row: dict, following: str | None, caps: tuple[int, ...], rng: random.Random) -> dict:
    parts = sentences(row["text"])
    index = rng.randrange(len(parts))
    rest = " ".join(parts[:index] + parts[index + 1 :]) or row["text"]
    record = {
        "a": normalise(first_words(parts[index], 32)),
        "b": normalise(excerpt(rest, caps, rng)),
        "kind": "cloze",
        "source": row["source"],
    }
    if following:
        record["next"] = normalise(first_words(following, 75))
    return record


def interleave(training: dict[str, list[dict]], rng: random.Random) -> list[dict]:
    """Every record once, ordered so that any beginning of the stream holds the sources by n**SOURCE_EXPONENT."""
    keyed = []
    for records in training.values():
        rate = len(records) ** SOURCE_EXPONENT
        keyed += [((i + rng.random()) / rate, record) for i, record in enumerate(records)]
    keyed.sort(key=lambda item: item[0])
    return [record for _, record in keyed]


def write(name: str, records: list[dict]) -> None:
    with (WORK / name).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


if __name__ == "__main__":
    main()
