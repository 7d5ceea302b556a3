#!/usr/bin/env python3
"""peers.py TIMBRE CHECKPOINT AUDIO: times Timbre in turn with what its users would otherwise run.

Encoder: the same 30 clips, evenly spread, decoded and resampled beforehand, on two workers, against PyTorch and ONNX
Runtime in float32. Heads: 768-256-8, 1200 clips, batch 16, 10 epochs, one a thread, against PyTorch: one worker against
one process, then two against two at once. Each round times every program once; ratios are of the medians over the rounds.
--part heads leaves the encoder out, which needs neither checkpoint nor audio.
"""
import argparse, glob, json, multiprocessing, pathlib, re, statistics, subprocess, tempfile, time, warnings

import numpy as np, onnxruntime, soundfile, soxr, torch, transformers
from transformers import Wav2Vec2Config, Wav2Vec2Model

warnings.filterwarnings("ignore")
arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("timbre")
arguments.add_argument("checkpoint", type=pathlib.Path)
arguments.add_argument("audio")
arguments.add_argument("--clips", type=int, default=30)
arguments.add_argument("--rounds", type=int, default=5)
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--part", choices=["both", "encoder", "heads"], default="both")
a = arguments.parse_args()


def prepared(path):
    x, rate = soundfile.read(path, dtype="float32", always_2d=True)
    x = soxr.resample(x.mean(1), rate, 16000, quality="HQ")
    return ((x - x.mean()) / np.sqrt(x.var() + 1e-7)).astype(np.float32)[None]


def load_model():
    known = {k: v for k, v in json.loads((a.checkpoint / "config.json").read_text()).items()
             if k not in ("architectures", "dtype", "torch_dtype", "transformers_version", "model_type")
             and not k.startswith("timbre_")}
    model = Wav2Vec2Model(Wav2Vec2Config(**known, attn_implementation="eager")).eval()
    if (a.checkpoint / "model.safetensors").exists():
        from safetensors.torch import load_file
        state = load_file(a.checkpoint / "model.safetensors")
    else:
        state = torch.load(a.checkpoint / "pytorch_model.bin", weights_only=True)
    renamed = {}
    for name, tensor in state.items():
        name = name.removeprefix("wav2vec2.").replace("conv.weight_g", "conv.parametrizations.weight.original0")
        name = name.replace("conv.weight_v", "conv.parametrizations.weight.original1")
        if not name.startswith(("quantizer", "project_")):
            renamed[name] = tensor
    model.load_state_dict(renamed)
    return model


class Pooled(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        return self.model(x).last_hidden_state.mean(1)


def onnx_session(model, directory):
    path = str(pathlib.Path(directory) / "encoder.onnx")
    axes = {"x": {0: "b", 1: "t"}, "y": {0: "b"}}
    torch.onnx.export(Pooled(model), (torch.randn(1, 60000),), path, input_names=["x"], output_names=["y"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = a.threads
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def train_head():
    n = 1200
    x, y = torch.randn(n, 768), torch.randint(0, 8, (n,))
    model = torch.nn.Sequential(torch.nn.Linear(768, 256), torch.nn.ReLU(), torch.nn.Dropout(0.3), torch.nn.Linear(256, 8))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, 10)
    loss = torch.nn.CrossEntropyLoss()
    for _ in range(10):
        order = torch.randperm(n)
        for start in range(0, n, 16):
            batch = order[start:start + 16]
            optimizer.zero_grad()
            loss(model(x[batch]), y[batch]).backward()
            optimizer.step()
        schedule.step()


def torch_heads(heads):
    """Trains some heads one after the other on one thread, after one that does not count; returns the seconds of one."""
    torch.set_num_threads(1)
    train_head()
    return seconds(lambda: [train_head() for _ in range(heads)]) / heads


def torch_heads_at_once(processes):
    """The seconds a head takes in each of some processes that train at the same time."""
    with multiprocessing.get_context("spawn").Pool(processes, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        return statistics.mean(pool.map(torch_heads, [2] * processes, chunksize=1))


def timbre_heads(workers):
    command = [a.timbre, "bench", "--part", "heads", "--jobs", str(workers), "--runs", "1"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"^heads .*: ([\d.]+) s,", text, re.M)[1])


def timbre_encoder():
    command = [a.timbre, "bench", "--part", "encoder", "--encoder", str(a.checkpoint), "--audio", a.audio, "--clips",
               str(a.clips), "--jobs", str(a.threads), "--runs", "1"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"^encoder .*: ([\d.]+) s,", text, re.M)[1])


def encoder_peers():
    """The encoder's programs by name, each a call that returns seconds."""
    files = sorted(glob.glob(f"{a.audio}/**/*.wav", recursive=True))
    clips = [prepared(f) for f in files[:: max(1, len(files) // a.clips)][: a.clips]]
    model = load_model()
    with tempfile.TemporaryDirectory() as scratch:
        session = onnx_session(model, scratch)
    tensors = [torch.from_numpy(c) for c in clips]

    def run_torch():
        torch.set_num_threads(a.threads)
        with torch.inference_mode():
            for t in tensors:
                model(t).last_hidden_state.mean(1)

    def run_onnx():
        for c in clips:
            session.run(None, {"x": c})

    run_onnx(), run_torch()
    print(f"encoder: {len(clips)} clips, {sum(c.shape[1] for c in clips) / 16000:.1f} s of audio, {a.threads} workers")
    return {"timbre": timbre_encoder, "onnxruntime": lambda: seconds(run_onnx), "pytorch": lambda: seconds(run_torch)}


def head_peers(workers):
    return {"timbre": lambda: timbre_heads(workers), "pytorch": lambda: torch_heads_at_once(workers)}


def compare(title, programs):
    """Times the programs in turn and prints the medians and how long Timbre takes beside each."""
    times = {name: [] for name in programs}
    for _ in range(a.rounds):
        for name, once in programs.items():
            times[name].append(once())
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, value in median.items():
        ratios = sorted(t / p for t, p in zip(times["timbre"], times[name]))
        print(f"{title:24s} {name:12s} {value:8.3f} s   timbre / it = {median['timbre'] / value:.3f} "
              f"({ratios[0]:.3f} to {ratios[-1]:.3f} in single rounds)", flush=True)


if __name__ == "__main__":
    print(f"{a.rounds} rounds, medians; onnxruntime {onnxruntime.__version__}, torch {torch.__version__}, "
          f"transformers {transformers.__version__}")
    if a.part != "heads":
        compare("encoder", encoder_peers())
    if a.part != "encoder":
        compare("one head, one worker", head_peers(1))
        compare("a head each, two workers", head_peers(2))
