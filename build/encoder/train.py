"""Stage 5: training. One loop for every objective; a preset says which losses count, so ablations run the same code.

    python train.py --preset distil --initial transplant.pt --name main --steps 1500
    python train.py --preset distil --name main --steps 1800 --cooldown 200     # resumes, then anneals to zero
    torchrun --nproc-per-node 2 train.py …                                     # the same on two workers

A run keeps WORK/runs/NAME/last.pt (model, optimiser, step: resumable at any moment) and a log of figures,
figures/NAME.json.
"""

import argparse
import json
import random
import time

import numpy as np
import torch

import workers
from batches import RecordStream, pair_weights, teacher_pair
from heldout import HeldOut
from losses import contrast, match_similarities, match_vectors, pretraining_loss
from model import BOTH, NEXT, SELF, Encoder, Shape, pad_batch
from schedule import learning_rates, optimiser_for
from settings import FIGURES, SEED, WORK, threads

PRESETS = {
    # weights of: teacher vectors, teacher similarities, contrast on natural pairs, EBAE + EBAR + next token
    "distil": {"short": 2.0, "vectors": 1.0, "similarities": 0.5, "contrast": 0.0, "pretraining": 0.0},
    "distil-contrast": {"short": 2.0, "vectors": 1.0, "similarities": 0.5, "contrast": 0.1, "pretraining": 0.0},
    "contrast": {"vectors": 0.0, "similarities": 0.0, "contrast": 1.0, "pretraining": 0.0},
    "pretrain": {"vectors": 0.0, "similarities": 0.0, "contrast": 0.0, "pretraining": 1.0},
}
SHORT_FACTOR = 4  # records of a step with short texts alone, in multiples of --batch
MAX_TOKENS = 264  # of a training text with its suffix


def main() -> None:
    options = parse_options()
    torch.set_num_threads(threads())
    workers.join()
    torch.manual_seed(SEED)
    random.seed(SEED)
    folder = WORK / "runs" / options.name
    folder.mkdir(parents=True, exist_ok=True)
    state = load_state(folder / "last.pt", options)
    encoder = Encoder(Shape(**state["shape"]))
    encoder.load_state_dict(state["model"])
    optimiser = optimiser_for(encoder)
    if "optimiser" in state:
        optimiser.load_state_dict(state["optimiser"])
    step, history, spent = state["step"], state["history"], state["seconds"]
    weights = PRESETS[options.preset]
    held_out = HeldOut() if workers.RANK == 0 else None
    stream = RecordStream(first_shards=options.shards)
    pairs = stream.batches(options.batch, "b", workers.RANK, workers.COUNT, skip=step)
    shorts = stream.batches(options.batch * SHORT_FACTOR, "a", workers.RANK, workers.COUNT, skip=step)
    sums, tokens = {}, 0

    began = time.process_time()
    finished = False
    while not finished:
        for group, rate in zip(optimiser.param_groups, learning_rates(step, options), strict=True):
            group["lr"] = rate
        if weights["vectors"] and step % 10 < 10 * options.short_share:
            records = next(shorts)
            wanted = teacher_pair(records)[0]
            losses, count = short_loss(encoder, [r.a for r in records], wanted, SELF if step % 2 else NEXT)
        else:
            losses, count = step_losses(encoder, next(pairs), weights)
        total = sum(weights[name] * loss for name, loss in losses.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + count * workers.COUNT
        workers.average_weights(encoder.parameters(), step)
        finished = step >= options.steps or spent + time.process_time() - began > options.cpu_seconds
        for name, loss in losses.items():
            sums.setdefault(name, []).append(float(loss.detach()))
        if workers.RANK:
            continue
        if step % 10 == 0:
            print(f"step {step} { {n: round(v[-1], 4) for n, v in sums.items()} } {time.process_time() - began:.0f} s", flush=True)
        if step % options.report == 0 or finished:
            seconds = time.process_time() - began
            entry = {"step": step, "cpu_seconds": round(spent + seconds * workers.COUNT), "preset": options.preset}
            entry["tokens"] = (history[-1]["tokens"] if history else 0) + tokens
            entry["losses"] = {name: round(sum(values) / len(values), 4) for name, values in sums.items()}
            entry["held_out"] = held_out.figures(encoder)
            history.append(entry)
            sums, tokens = {}, 0
            print(json.dumps(entry), flush=True)
            (FIGURES / f"{options.name}.json").write_text(json.dumps(history, indent=1) + "\n")
            save_state(folder / "last.pt", encoder, optimiser, step, history, spent + seconds * workers.COUNT)


def step_losses(encoder: Encoder, records, weights: dict) -> tuple[dict, int]:
    """The losses that count, by name, and the number of tokens read."""
    if weights["pretraining"]:
        ids, lengths = pad_batch([r.b for r in records], MAX_TOKENS)
        states = encoder.states(ids, lengths, BOTH, keep_text=True)
        own, following = [r.b for r in records], [r.next for r in records]
        loss = pretraining_loss(states, encoder.token_embd, ids, lengths, own, following)
        return {"pretraining": loss}, int(lengths.sum())
    a_ids, a_lengths = pad_batch([r.a for r in records], MAX_TOKENS)
    b_ids, b_lengths = pad_batch([r.b for r in records], MAX_TOKENS)
    a, b = encoder(a_ids, a_lengths, NEXT), encoder(b_ids, b_lengths, SELF)
    losses = {}
    if weights["vectors"] or weights["similarities"]:
        teacher_a, teacher_b = teacher_pair(records)
        losses["vectors"] = match_vectors(a, teacher_a) + match_vectors(b, teacher_b)
        losses["similarities"] = match_similarities(a, b, teacher_a, teacher_b)
    if weights["contrast"]:
        losses["contrast"] = contrast(a, b, pair_weights(records))
    return losses, int(a_lengths.sum() + b_lengths.sum())


def short_loss(encoder: Encoder, texts, wanted, branch: str) -> tuple[dict, int]:
    """Teacher vectors of short texts alone: four times as many texts for the price of a step with passages."""
    ids, lengths = pad_batch(texts, MAX_TOKENS)
    return {"short": match_vectors(encoder(ids, lengths, branch), wanted)}, int(lengths.sum())


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", choices=PRESETS, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--initial", help="file in WORK to start from when the run has no checkpoint yet")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=float, default=float("inf"), help="end early, for one worker's ablations")
    parser.add_argument("--cooldown", type=int, default=0, help="steps at the end over which the rates fall to zero")
    parser.add_argument("--batch", type=int, default=32, help="records a step, two texts each")
    parser.add_argument("--short-share", type=float, default=0.0, help="share of steps on short texts alone, in tenths")
    parser.add_argument("--rate", type=float, default=1e-3, help="peak learning rate of the matrices")
    parser.add_argument("--shards", type=int, help="use the first shards only")
    parser.add_argument("--report", type=int, default=50, help="steps between figures and checkpoints, a multiple of workers.SYNC_STEPS")
    return parser.parse_args()


def load_state(path, options) -> dict:
    """The run's checkpoint, or the file to start from at step 0."""
    if path.exists():
        return torch.load(path, weights_only=False)
    state = torch.load(WORK / options.initial, weights_only=False)
    return {"shape": state["shape"], "model": state["model"], "step": 0, "history": [], "seconds": 0.0}


def save_state(path, encoder: Encoder, optimiser, step: int, history: list, seconds: float) -> None:
    state = {
        "shape": encoder.shape.as_dict(),
        "model": encoder.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
        "history": history,
        "seconds": seconds,
    }
    torch.save(state, path.with_suffix(".partial"))
    path.with_suffix(".partial").rename(path)


if __name__ == "__main__":
    np.random.seed(SEED)
    main()
