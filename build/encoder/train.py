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
from schedule import optimisers_for, set_rates
from settings import FIGURES, SEED, SUFFIX_LENGTH, WORK, threads
from teacher import length_batches

PRESETS = {
    # weights of: teacher vectors, teacher similarities, contrast on natural pairs, EBAE + EBAR + next token
    "distil": {"vectors": 1.0, "similarities": 0.5, "contrast": 0.1, "pretraining": 0.0},
    "contrast": {"vectors": 0.0, "similarities": 0.0, "contrast": 1.0, "pretraining": 0.0},
    "pretrain": {"vectors": 0.0, "similarities": 0.0, "contrast": 0.0, "pretraining": 1.0},
}
MAX_TOKENS = 264  # of a training text with its suffix
PART_TOKENS = 2048  # of a forward pass with its padding; a step is several
SWAP_EVERY = 8  # every so many steps a short text is read by the passage prompt and a passage by the query prompt


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
    optimisers = optimisers_for(encoder, options.body)
    for optimiser, saved in zip(optimisers, state.get("optimisers", [])):
        optimiser.load_state_dict(saved)
    step, history, spent = state["step"], state["history"], state["seconds"]
    weights = PRESETS[options.preset]
    held_out = HeldOut() if workers.RANK == 0 else None
    stream = RecordStream(first_shards=options.shards).batches(options.batch, None, workers.RANK, workers.COUNT, skip=step)
    sums, tokens = {}, 0

    began = time.process_time()
    finished = False
    while not finished:
        left = 1.0 if options.cpu_seconds == float("inf") else 1 - (time.process_time() - began) / (options.cpu_seconds - spent)
        set_rates(optimisers, step, options, left)
        losses, count = step_losses(encoder, next(stream), weights, swapped=step % SWAP_EVERY == SWAP_EVERY - 1)
        total = sum(weights[name] * loss for name, loss in losses.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
        encoder.zero_grad(set_to_none=True)
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
            save_state(folder / "last.pt", encoder, optimisers, step, history, spent + seconds * workers.COUNT)


def step_losses(encoder: Encoder, records, weights: dict, swapped: bool) -> tuple[dict, int]:
    """The losses that count, by name, and the number of tokens read. `swapped` takes the prompts the other way round."""
    if weights["pretraining"]:
        ids, lengths = pad_batch([r.b for r in records], MAX_TOKENS)
        states = encoder.states(ids, lengths, BOTH, keep_text=True)
        own, following = [r.b for r in records], [r.next for r in records]
        loss = pretraining_loss(states, encoder.token_embd, ids, lengths, own, following)
        return {"pretraining": loss}, int(lengths.sum())
    a, b = [r.a for r in records], [r.b for r in records]
    count = sum(min(MAX_TOKENS, 1 + SUFFIX_LENGTH + len(ids)) for ids in [*a, *b])
    a, b = embed_in_parts(encoder, a, SELF if swapped else NEXT), embed_in_parts(encoder, b, NEXT if swapped else SELF)
    losses = {}
    if weights["vectors"] or weights["similarities"]:
        teacher_a, teacher_b = teacher_pair(records)
        losses["vectors"] = match_vectors(a, teacher_a) + match_vectors(b, teacher_b)
        losses["similarities"] = match_similarities(a, b, teacher_a, teacher_b)
    if weights["contrast"]:
        losses["contrast"] = contrast(a, b, pair_weights(records))
    return losses, count


def embed_in_parts(encoder: Encoder, texts: list[list[int]], branch: str):
    """Unit vectors [n, d] of token lists, in parts alike in length so that little is padding."""
    parts, order = [], []
    for rows in length_batches([len(ids) for ids in texts], PART_TOKENS):
        ids, lengths = pad_batch([texts[i] for i in rows], MAX_TOKENS)
        parts.append(encoder(ids, lengths, branch))
        order += rows
    return torch.cat(parts)[torch.tensor(order).argsort()]


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", choices=PRESETS, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--initial", help="file in WORK to start from when the run has no checkpoint yet")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=float, default=float("inf"), help="end early, for one worker's ablations")
    parser.add_argument("--cooldown", type=int, default=0, help="steps at the end over which the rates fall to zero")
    parser.add_argument("--batch", type=int, default=96, help="records a step, two texts each")
    parser.add_argument("--rate", type=float, default=1e-3, help="peak learning rate of the matrices")
    parser.add_argument("--body", choices=["muon", "adam"], default="muon", help="optimiser of the opened layers' matrices")
    parser.add_argument("--shards", type=int, help="use the first shards only")
    parser.add_argument("--report", type=int, default=50, help="steps between figures and checkpoints, a multiple of workers.SYNC_STEPS")
    return parser.parse_args()


def load_state(path, options) -> dict:
    """The run's checkpoint, or the file to start from at step 0."""
    if path.exists():
        return torch.load(path, weights_only=False)
    state = torch.load(WORK / options.initial, weights_only=False)
    return {"shape": state["shape"], "model": state["model"], "step": 0, "history": [], "seconds": 0.0}


def save_state(path, encoder: Encoder, optimisers, step: int, history: list, seconds: float) -> None:
    state = {
        "shape": encoder.shape.as_dict(),
        "model": encoder.state_dict(),
        "optimisers": [optimiser.state_dict() for optimiser in optimisers],
        "step": step,
        "history": history,
        "seconds": seconds,
    }
    torch.save(state, path.with_suffix(".partial"))
    path.with_suffix(".partial").rename(path)


if __name__ == "__main__":
    np.random.seed(SEED)
    main()
