#!/usr/bin/env python3
"""peers.py TIMBRE CHECKPOINT AUDIO: times Timbre in turn with what its users would otherwise run.

Encoder: the same 30 clips, evenly spread, decoded and resampled beforehand, on two workers, against OpenVINO (as many streams as
workers), ONNX Runtime and PyTorch in float32; and, where the processor has AVX512-BF16, in bfloat16 against OpenVINO and PyTorch.
Timbre's time has all pooled hidden states in it, the others' the last one. Heads: 768-256-8, 1200 clips, batch 16, 10 epochs, one a thread, against PyTorch: one worker against
one process, then two against two at once. Each round times every program once; ratios are of the medians over the rounds.
--part heads leaves the encoder out, which needs neither checkpoint nor audio. --table FILE writes the ratios as Markdown.
"""
import argparse, glob, json, multiprocessing, os, pathlib, re, statistics, subprocess, tempfile, time, warnings

import numpy as np, onnxruntime, openvino, soundfile, soxr, torch, transformers
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
arguments.add_argument("--table", type=pathlib.Path)
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


def onnx_file(model, directory):
    path = str(pathlib.Path(directory) / "encoder.onnx")
    axes = {"x": {0: "b", 1: "t"}, "y": {0: "b"}}
    torch.onnx.export(Pooled(model), (torch.randn(1, 60000),), path, input_names=["x"], output_names=["y"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)
    return path


def onnx_session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = a.threads
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def openvino_model(path, precision):
    core = openvino.Core()
    settings = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": str(a.threads),
                "INFERENCE_NUM_THREADS": str(a.threads)}
    return core.compile_model(core.read_model(path), "CPU", settings)


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


def timbre_encoder(precision, environment={}):
    command = [a.timbre, "bench", "--part", "encoder", "--encoder", str(a.checkpoint), "--audio", a.audio, "--clips",
               str(a.clips), "--jobs", str(a.threads), "--runs", "1", "--precision", precision]
    text = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **environment}).stdout
    return float(re.search(r"^encoder .*: ([\d.]+) s,", text, re.M)[1])


def prepared_clips():
    files = sorted(glob.glob(f"{a.audio}/**/*.wav", recursive=True))
    clips = [prepared(f) for f in files[:: max(1, len(files) // a.clips)][: a.clips]]
    print(f"encoder: {len(clips)} clips, {sum(c.shape[1] for c in clips) / 16000:.1f} s of audio, {a.threads} workers")
    return clips


def encoder_peers(clips, model, onnx):
    """The encoder's programs by name and precision, each a call that returns seconds, warmed up."""
    tensors = [torch.from_numpy(c) for c in clips]
    session = onnx_session(onnx)

    def run_torch():
        torch.set_num_threads(a.threads)
        with torch.inference_mode():
            for t in tensors:
                model(t).last_hidden_state.mean(1)

    def run_torch_bfloat16():
        with torch.autocast("cpu", dtype=torch.bfloat16):
            run_torch()

    def run_onnx():
        for c in clips:
            session.run(None, {"x": c})

    def run_openvino(compiled):
        queue = openvino.AsyncInferQueue(compiled, a.threads)
        for c in clips:
            queue.start_async({0: c})
        queue.wait_all()

    def timed(body, *arguments):
        body(*arguments)
        return lambda: seconds(lambda: body(*arguments))

    float32 = {"timbre": lambda: timbre_encoder("float32"),
               "openvino": timed(run_openvino, openvino_model(onnx, "f32")),
               "onnxruntime": timed(run_onnx), "pytorch": timed(run_torch)}
    if "avx512_bf16" not in pathlib.Path("/proc/cpuinfo").read_text():
        return float32, {}
    return float32, {"timbre": lambda: timbre_encoder("bfloat16"),
                     "openvino": timed(run_openvino, openvino_model(onnx, "bf16")),
                     "pytorch": timed(run_torch_bfloat16)}


def path_peers(name):
    """One path of Timbre's own beside OpenBLAS alone, with the kernels that a processor of that path gets."""
    core = {"avx512": "SkylakeX", "avx2": "Haswell"}[name]
    return {"timbre": lambda: timbre_encoder("float32", {"TIMBRE_ISA": name}),
            f"openblas {core}": lambda: timbre_encoder("float32", {"TIMBRE_ISA": "portable", "OPENBLAS_CORETYPE": core})}


def head_peers(workers):
    return {"timbre": lambda: timbre_heads(workers), "pytorch": lambda: torch_heads_at_once(workers)}


ROWS = []


def compare(title, programs):
    """Times the programs in turn and prints the medians and how long Timbre takes beside each."""
    times = {name: [] for name in programs}
    for _ in range(a.rounds):
        for name, once in programs.items():
            times[name].append(once())
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, value in median.items():
        ratios = sorted(t / p for t, p in zip(times["timbre"], times[name]))
        print(f"{title:24s} {name:18s} {value:8.3f} s   timbre / it = {median['timbre'] / value:.3f} "
              f"({ratios[0]:.3f} to {ratios[-1]:.3f} in single rounds)", flush=True)
        if name != "timbre":
            ROWS.append((title, name, median["timbre"] / value, ratios[0], ratios[-1]))


def time_encoder():
    model, clips = load_model(), prepared_clips()
    with tempfile.TemporaryDirectory() as scratch:
        float32, bfloat16 = encoder_peers(clips, model, onnx_file(model, scratch))
        compare("encoder, float32", float32)
        if bfloat16:
            compare("encoder, bfloat16", bfloat16)
    flags = pathlib.Path("/proc/cpuinfo").read_text().split()
    for path, flag in (("avx512", "avx512vl"), ("avx2", "avx2")):
        if flag in flags:
            compare(f"encoder, path {path}", path_peers(path))


def write_table(versions):
    lines = [f"{a.rounds} alternating rounds on {a.threads} workers; {versions}.", "",
             "| | beside | Timbre's time ÷ its time | single rounds |", "|---|---|---|---|"]
    lines += [f"| {title} | {name} | {ratio:.3f} | {low:.3f} to {high:.3f} |" for title, name, ratio, low, high in ROWS]
    a.table.parent.mkdir(parents=True, exist_ok=True)
    a.table.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    versions = (f"OpenVINO {openvino.__version__.split('-')[0]}, ONNX Runtime {onnxruntime.__version__}, "
                f"PyTorch {torch.__version__}, transformers {transformers.__version__}")
    print(f"{a.rounds} rounds, medians; {versions}")
    if a.part != "heads":
        time_encoder()
    if a.part != "encoder":
        compare("one head, one worker", head_peers(1))
        compare("a head each, two workers", head_peers(2))
    if a.table:
        write_table(versions)
