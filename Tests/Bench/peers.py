#!/usr/bin/env python3
"""peers.py TIMBRE CHECKPOINT AUDIO: times Timbre in turn with what its users would otherwise run.

Encoder: the same 30 clips, evenly spread, decoded and resampled beforehand, on two workers, against PyTorch and ONNX
Runtime in float32. Head: 768-256-8, 1200 clips, batch 16, 10 epochs, one thread, against PyTorch. Each round times every
program once; ratios are of the medians over the rounds.
"""
import argparse, glob, json, pathlib, re, statistics, subprocess, tempfile, time, warnings

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


def timbre_times():
    command = [a.timbre, "bench", "--encoder", str(a.checkpoint), "--audio", a.audio, "--clips", str(a.clips),
               "--jobs", str(a.threads), "--runs", "1"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    encoder, head = re.search(r"^encoder .*: ([\d.]+) s,", text, re.M), re.search(r"^head .*: ([\d.]+) s", text, re.M)
    return float(encoder[1]), float(head[1]), text


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


def run_head():
    torch.set_num_threads(1)
    train_head()


run_onnx(), run_torch(), run_head()
times = {name: [] for name in ("timbre encoder", "onnxruntime encoder", "pytorch encoder", "timbre head", "pytorch head")}
for _ in range(a.rounds):
    encoder, head, text = timbre_times()
    times["timbre encoder"].append(encoder)
    times["timbre head"].append(head)
    times["onnxruntime encoder"].append(seconds(run_onnx))
    times["pytorch encoder"].append(seconds(run_torch))
    times["pytorch head"].append(seconds(run_head))
median = {name: statistics.median(values) for name, values in times.items()}
print(text, end="")
print(f"{len(clips)} clips, {sum(c.shape[1] for c in clips) / 16000:.1f} s of audio, {a.rounds} rounds, medians; "
      f"onnxruntime {onnxruntime.__version__}, torch {torch.__version__}, transformers {transformers.__version__}")
for name, value in median.items():
    base = median["timbre encoder" if name.endswith("encoder") else "timbre head"]
    print(f"{name:20s} {value:8.3f} s   timbre / it = {base / value:.2f}")
