"""Stage 3 and 4: training. One loop for every objective; a preset says which losses count, so ablations run the same code.

    python train.py --preset distil --initial transplant.pt --name main --steps 1500
    torchrun --nproc-per-node 2 train.py …           # the same on two workers

A run keeps WORK/runs/NAME/last.pt (model, optimiser, step: running the command again resumes it) and a log of figures,
figures/NAME.json.
"""

import argparse
import json
import time

import torch

from llara_mini import pieces
from llara_mini import workers
from llara_mini.batches import pair_weights, record_batches
from export_gguf import on_grid
from llara_mini.heldout import HeldOut
from llara_mini.losses import contrast, match_similarities, match_states, match_vectors, pretraining_loss
from llara_mini.model import NEXT, SELF, Encoder, Shape
from llara_mini.pairs import pair_batches
from llara_mini.schedule import optimiser_for, set_rates
from settings import FIGURES, SEED, TEXT_LAYERS, WORK, threads
from llara_mini.teacher import Teacher, length_batches, mean_pooled, padded

PRESETS = {
    # weights of the losses: token states, vectors and in-batch similarities of the teacher; contrast on the records' own pairs and
    # on natural pairs with whole passages; EBAE + EBAR + next token
    "distil": {"states": 1.0, "vectors": 2.0, "similarities": 0.5, "contrast": 0.05},
    "tune": {"states": 0.1, "vectors": 2.0, "similarities": 1.0, "natural": 0.5},
    "contrast": {"contrast": 1.0},
    "pretrain": {"pretraining": 1.0},
}
STATE_WEIGHTS = [0.3, 0.3, 0.5, 0.5, 0.7, 1.0]  # of the six layers
MAX_TEXT_TOKENS = 220
PART_TOKENS = 2048  # of a forward pass with its padding; a step is several
SWAP_EVERY = 8  # every so many steps a short text is read by the passage prompt and a passage by the query prompt


def main() -> None:
    options = parse_options()
    torch.set_num_threads(threads())
    workers.join()
    torch.manual_seed(SEED + workers.RANK)
    folder = WORK / "runs" / options.name
    folder.mkdir(parents=True, exist_ok=True)
    state = load_state(folder / "last.pt", options)
    encoder = Encoder(Shape(**state["shape"]))
    encoder.load_state_dict(state["model"])
    for layer in encoder.blk[:-1]:
        layer.ffn_up.weight.requires_grad_(False)  # zero since the transplant: a third of the feed-forward's work that can wait
    fixed = slice(0, pieces.FIRST_PIECE)
    # CLS and suffix are large and the same in every text: rounding them when the file is written would shift every vector.
    fixed_rows = on_grid(encoder.token_embd.detach()[fixed])
    optimiser = optimiser_for(encoder, slice(pieces.FIRST_PIECE, None))
    if "optimiser" in state:
        optimiser.load_state_dict(state["optimiser"])
    step, history, spent = state["step"], state["history"], state["seconds"]
    weights = PRESETS[options.preset]
    trainer = Losses(encoder, weights)
    held_out = HeldOut() if workers.RANK == 0 else None
    stream = record_batches(options.records, options.batch, skip=options.skip + step)
    natural = pair_batches(options.pairs, step) if "natural" in weights else None
    sums, tokens, began, cpu_began = {}, 0, time.time(), time.process_time()

    done = 0.0
    while done < 1:
        set_rates(optimiser, step, done, options.rate)
        losses, count = trainer.losses(next(stream), natural and next(natural), swapped=step % SWAP_EVERY == SWAP_EVERY - 1)
        total = sum(weights[name] * loss for name, loss in losses.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        encoder.token_embd.data[fixed] = fixed_rows
        optimiser.zero_grad(set_to_none=True)
        step, tokens = step + 1, tokens + count * workers.COUNT
        cpu_seconds = time.process_time() - cpu_began
        done = max(step / options.steps, cpu_seconds / options.cpu_seconds)
        workers.average_weights(encoder.parameters(), step)
        for name, loss in losses.items():
            sums.setdefault(name, []).append(float(loss.detach()))
        if workers.RANK:
            continue
        if step % 10 == 0:
            print(f"step {step} { {n: round(sum(v[-10:]) / len(v[-10:]), 4) for n, v in sums.items()} } {time.time() - began:.0f} s", flush=True)
        if step % options.report == 0 or done >= 1:
            entry = {"step": step, "seconds": round(spent + time.time() - began), "cpu_seconds": round(cpu_seconds), "workers": workers.COUNT, "preset": options.preset}
            entry["tokens"] = (history[-1]["tokens"] if history else 0) + tokens
            entry["losses"] = {name: round(sum(values) / len(values), 4) for name, values in sums.items()}
            entry["held_out"] = held_out.figures(encoder)
            history.append(entry)
            sums, tokens = {}, 0
            print(json.dumps(entry), flush=True)
            (FIGURES / f"{options.name}.json").write_text(json.dumps(history, indent=1) + "\n")
            save_state(folder / "last.pt", encoder, optimiser, step, history, spent + time.time() - began)


class Losses:
    """The losses of one step, by name, of an encoder beside its teacher."""

    def __init__(self, encoder: Encoder, weights: dict):
        self.encoder, self.weights = encoder, weights
        self.teacher = Teacher() if {"states", "vectors", "similarities"} & set(weights) else None
        self.teacher_ids = torch.tensor([max(i, 0) for i in pieces.vocabulary()[1]])

    def losses(self, records, natural, swapped: bool) -> tuple[dict, int]:
        """({loss: value}, tokens read). `swapped` takes the prompts the other way round."""
        if "pretraining" in self.weights:
            return self.pretraining(records)
        a, b = [r.a[:MAX_TEXT_TOKENS] for r in records], [r.b[:MAX_TEXT_TOKENS] for r in records]
        prompts = (SELF, NEXT) if swapped else (NEXT, SELF)
        sides = [self.embed(texts, prompt) for texts, prompt in zip((a, b), prompts, strict=True)]
        (a_own, a_wanted, a_states), (b_own, b_wanted, b_states) = sides
        out, count = {}, sum(map(len, a)) + sum(map(len, b))
        if self.teacher:
            out["states"] = (a_states + b_states) / 2
            out["vectors"] = (match_vectors(a_own, a_wanted) + match_vectors(b_own, b_wanted)) / 2
            out["similarities"] = match_similarities(a_own, b_own, a_wanted, b_wanted)
        if "contrast" in self.weights:
            out["contrast"] = contrast(a_own, b_own, pair_weights(records))
        if natural:
            count += sum(len(p[0]) + len(p[1]) for p in natural)
            own = [self.embed([p[side][:MAX_TEXT_TOKENS] for p in natural], prompt, alone=True)[0] for side, prompt in ((0, NEXT), (1, SELF))]
            out["natural"] = contrast(*own, torch.ones(len(natural)))
        return out, count

    def embed(self, texts: list[list[int]], prompt: str, alone: bool = False):
        """(own vectors [n, d], the teacher's, the loss of token states), in parts alike in length so that little is padding."""
        own, wanted, states, order = [], [], [], []
        for rows in length_batches([len(ids) for ids in texts], PART_TOKENS):
            part = [texts[i] for i in rows]
            order += rows
            with torch.autocast("cpu", torch.bfloat16):
                vectors, streams = self.encoder(part, prompt)
            own.append(vectors.float())
            if self.teacher and not alone:
                vectors, targets, words = self.targets(part)
                wanted.append(vectors)
                states.append(len(part) * self.states_loss(streams, targets, words))
        back = torch.tensor(order).argsort()
        joined = lambda parts: torch.cat(parts)[back] if parts else None  # noqa: E731
        return joined(own), joined(wanted), sum(states) / len(texts)

    @torch.no_grad()
    def targets(self, texts: list[list[int]]):
        """(the teacher's unit vectors [b, d], its states after each layer [b, t + 1, d] at CLS and words, where the words are)."""
        rows = [[pieces.CLS_ID, *ids, pieces.SEP_ID] for ids in texts]
        ids, mask = padded(rows)
        with torch.autocast("cpu", torch.bfloat16):
            states = self.teacher.states(self.teacher_ids[ids], mask)[1:]
        words = mask[:, 1:] & (ids[:, :-1] != pieces.CLS_ID)
        return mean_pooled(states[-1].float(), mask), [x[:, :-1].float() for x in states], words

    def states_loss(self, streams, targets, words):
        total = 0.0
        for index in range(TEXT_LAYERS):
            own = self.encoder.blk[index + 1].attn_norm(streams[index].float())[:, : words.shape[1]]
            total = total + STATE_WEIGHTS[index] * match_states(own, targets[index], words)
        return total / sum(STATE_WEIGHTS)

    def pretraining(self, records):
        """One forward of both branches over the passages, in parts."""
        total, count = 0.0, 0
        for rows in length_batches([len(r.b) for r in records], PART_TOKENS):
            texts = [records[i].b[:MAX_TEXT_TOKENS] for i in rows]
            with torch.autocast("cpu", torch.bfloat16):
                branches, text, ids, lengths = self.encoder.branch_states(texts)
                following = [records[i].next for i in rows]
                loss = pretraining_loss(branches, text, self.encoder.token_embd, ids, lengths, texts, following)
            total, count = total + len(rows) * loss / len(records), count + sum(map(len, texts))
        return {"pretraining": total}, count


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", choices=PRESETS, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--initial", help="file in WORK to start from when the run has no checkpoint yet")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=float, default=float("inf"), help="end early, by the time of this call: for the ablation, where cells get equal time")
    parser.add_argument("--records", default="records.jsonl", help="file in WORK with the stream of records")
    parser.add_argument("--skip", type=int, default=0, help="batches of the stream left out, those that an earlier run has had")
    parser.add_argument("--batch", type=int, default=64, help="records a step and worker, two texts each")
    parser.add_argument("--pairs", type=int, default=64, help="natural pairs a step and worker, where the preset has them")
    parser.add_argument("--rate", type=float, default=0.003, help="peak learning rate, relative to each tensor's size")
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
    main()
