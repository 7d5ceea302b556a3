#!/usr/bin/env python3
"""Writes the checkpoint fixtures beside this script, and expected.json, which says what their tensors hold.

Made with Python 3.11, PyTorch 2.13.0, safetensors 0.8.0 and NumPy 2.4.6; seed 0. The legacy files are not the same
bytes in every run: PyTorch names their storages by addresses in memory.

    NAME.safetensors, NAME.bin, NAME-legacy.bin    the same tensors in the three forms
      types       every element type that matters, special values, a scalar, an empty tensor
      module      the state dictionary of an nn.Sequential, an OrderedDict with _metadata
      parameters  nn.Parameter values, as in dict(model.named_parameters())
    views, transposed, nested, training             .bin and -legacy.bin only: what safetensors cannot hold
    protocol4.bin    a pickle of a protocol that torch.save does not use of itself
    golden.npz       the smallest archive that a test of the writer compares with, byte for byte
    malicious.bin    a pickle that calls os.system; never load it with pickle
"""
import collections, io, json, pathlib, zipfile
import numpy, torch
from safetensors.torch import save_file

here = pathlib.Path(__file__).parent
torch.manual_seed(0)
expected = {}


def remember(name, state):
    """Element type as safetensors spells it, shape, and the bits of each value as float32 (integers: none)."""
    spelling = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16",
                torch.int64: "I64", torch.bool: "BOOL"}
    expected[name] = {
        key: {"type": spelling[value.dtype], "shape": list(value.shape),
              "bits": value.detach().float().flatten().numpy().view(numpy.uint32).tolist() if value.is_floating_point() else None}
        for key, value in state.items()}


def save_torch(name, state):
    torch.save(state, here / f"{name}.bin")
    torch.save(state, here / f"{name}-legacy.bin", _use_new_zipfile_serialization=False)


def save_all(name, state, metadata=None):
    remember(name, state)
    save_torch(name, state)
    file = here / f"{name}.safetensors"
    save_file({k: v.detach().contiguous() for k, v in state.items()}, file, metadata=metadata)
    file.chmod(0o644)


inf, nan = float("inf"), float("nan")
types = {
    "float32": torch.tensor([[0.1, -0.0, 3.4e38], [1e-45, -inf, nan]]),
    "float16": torch.tensor([1.0, -2.5, 65504.0, 6e-8, 6.1e-5, -0.0, inf, nan], dtype=torch.float16),
    "bfloat16": torch.tensor([1.0, -2.5, 3e38, 1e-40, inf], dtype=torch.bfloat16),
    "float64": torch.tensor([0.1, -1e300, 1e-300, 16777217.0], dtype=torch.float64),
    "int64": torch.tensor([2**40, -1]),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(3.5),
    "empty": torch.empty(0, 3),
}
save_all("types", types, {"format": "pt", "note": "a \"quoted\" line\nand ünïcode"})

module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU(), torch.nn.Dropout(0.3), torch.nn.Linear(2, 2))
save_all("module", module.state_dict())
save_all("parameters", collections.OrderedDict(module.named_parameters()))

base = torch.arange(12, dtype=torch.float32)
views = {"first": base[0:4], "second": base[4:10].reshape(2, 3), "tied": base[4:10], "single": base[11:].reshape(1, 1).t()}
remember("views", views)
save_torch("views", views)

save_torch("transposed", {"plain": torch.zeros(2), "turned": torch.arange(6.0).reshape(2, 3).t()})
save_torch("nested", {"epoch": 3, "state_dict": {"weight": torch.zeros(2)}})
save_torch("training", {"weight": torch.zeros(2), "epoch": 3})
torch.save(types, here / "protocol4.bin", pickle_protocol=4)

pickle = b"\x80\x02}X\x06\x00\x00\x00weightcos\nsystem\nX\x10\x00\x00\x00echo was executed\x85Rs."
with zipfile.ZipFile(here / "malicious.bin", "w") as archive:
    archive.writestr(zipfile.ZipInfo("malicious/data.pkl"), pickle)
    archive.writestr(zipfile.ZipInfo("malicious/version"), "3\n")

# The archive that NumPyArchive writes, made with Python's own zip writer: earliest time, no attributes, made on FAT.
array = io.BytesIO()
numpy.save(array, numpy.array([1.5], dtype="<f4"))
with zipfile.ZipFile(here / "golden.npz", "w") as archive:
    member = zipfile.ZipInfo("a.npy")
    member.create_system = 0
    archive.writestr(member, array.getvalue())
    member.external_attr = 0  # written with the directory, when the archive is closed

(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
