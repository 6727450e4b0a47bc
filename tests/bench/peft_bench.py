"""The batch of training-bench.ts through PyTorch and PEFT, float32: python peft_bench.py SHAPE THREADS STEPS, SHAPE being JSON"""

import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaModel

BRANCH = 8


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def padded(lengths: list[int]):
    """Random ids [b, n] padded on the left, so that the last positions are the pooled ones, and the mask; no mask where all are of one length."""
    n = max(lengths)
    mask = torch.tensor([[0] * (n - length) + [1] * length for length in lengths])
    return torch.randint(300, 6000, (len(lengths), n)), None if bool(mask.all()) else mask


def main() -> None:
    shape, threads, steps = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    before = peak_megabytes()
    model = LlamaModel(
        LlamaConfig(
            vocab_size=shape["vocabularySize"], hidden_size=shape["width"], intermediate_size=shape["feedForward"],
            num_hidden_layers=shape["layerCount"], num_attention_heads=shape["headCount"],
            num_key_value_heads=shape["kvHeadCount"], attention_bias=shape["hasBiases"], mlp_bias=shape["hasBiases"],
            max_position_embeddings=512, use_cache=False,
        )
    )  # fmt: skip
    targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    model = get_peft_model(model, LoraConfig(r=shape["rank"], lora_alpha=2 * shape["rank"], target_modules=targets))
    lengths = {"queries": shape["queries"], "passages": shape["passages"]}
    batches = {side: padded(own) for side, own in lengths.items() if own}
    bank = F.normalize(torch.randn(shape["bankSize"], shape["width"]), dim=1)

    def embed(side):
        ids, mask = batches[side]
        return F.normalize(model(input_ids=ids, attention_mask=mask).last_hidden_state[:, -BRANCH:].mean(1), dim=1)

    def step():
        q = embed("queries")
        loss = F.cross_entropy(q @ (embed("passages") if lengths["passages"] else bank).T / 0.05, torch.arange(len(q)))
        loss.backward()
        model.zero_grad()

    def forward():
        with torch.no_grad():
            for side in batches:
                embed(side)

    def measure(run):
        run()
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            run()
        tokens = steps * (sum(lengths["queries"]) + sum(lengths["passages"]))
        return {
            "tokensPerSecond": tokens / (time.perf_counter() - wall),
            "tokensPerCpuSecond": tokens / (time.process_time() - cpu),
        }

    training = measure(step)
    result = {"peft": {"training": training, "forward": measure(forward), "peakMegabytes": peak_megabytes() - before}}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
