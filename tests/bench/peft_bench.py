"""The batch of training-bench.ts through PyTorch and PEFT, float32: python peft_bench.py SHAPE THREADS STEPS, SHAPE being JSON"""

import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaModel

PAIRS, QUERY, PASSAGE, BRANCH = 16, 32 + 9, 128 + 9, 8


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
    queries = torch.randint(300, 6000, (PAIRS, QUERY))
    passages = torch.randint(300, 6000, (PAIRS, PASSAGE))

    def embed(tokens):
        return F.normalize(model(input_ids=tokens).last_hidden_state[:, -BRANCH:].mean(1), dim=1)

    def step():
        loss = F.cross_entropy(embed(queries) @ embed(passages).T / 0.05, torch.arange(PAIRS))
        loss.backward()
        model.zero_grad()

    def forward():
        with torch.no_grad():
            embed(queries), embed(passages)

    def measure(run):
        run()
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            run()
        tokens = steps * PAIRS * (QUERY + PASSAGE)
        return {
            "tokensPerSecond": tokens / (time.perf_counter() - wall),
            "tokensPerCpuSecond": tokens / (time.process_time() - cpu),
        }

    training = measure(step)
    result = {"peft": {"training": training, "forward": measure(forward), "peakMegabytes": peak_megabytes() - before}}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
