#!/usr/bin/env python3
"""make_seeds.py: writes seeds/TARGET, small files that each reader takes, from the fixtures beside this folder and by hand.

Standard library only. finds/TARGET is not made: it holds what once was too slow, too large or the end of a reader, made small.
"""
import io
import json
import math
import pathlib
import shutil
import struct
import zipfile

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent
SEEDS = HERE / "seeds"


def write(target, name, *parts):
    """Parts are cut from each other by form feeds."""
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    encoded = [part if isinstance(part, bytes) else part.encode() for part in parts]
    (folder / name).write_bytes(b"\f".join(encoded))


def safetensors(tensors, metadata=None):
    """Float32 tensors of zeros and ones by shape."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, shape in tensors.items():
        count = math.prod(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + 4 * count]}
        data += struct.pack(f"<{count}f", *((i % 3 - 1) / 4 for i in range(count)))
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def checkpoints():
    for file in sorted((FIXTURES / "checkpoints").iterdir()):
        if file.suffix == ".safetensors":
            write("safetensors", file.name, file.read_bytes())
        elif file.name.endswith("-legacy.bin"):
            write("torch-legacy", file.name, file.read_bytes())
            # The first three pickles are magic number, protocol version and facts of the machine, which the target adds.
            facts = file.read_bytes().index(b"type_sizes")
            start = file.read_bytes().index(b"\x80\x02", file.read_bytes().index(b"u.", facts))
            write("pickle", file.name, file.read_bytes()[start:])
        elif file.suffix == ".bin":
            write("torch-zip", file.name, file.read_bytes())
    write("safetensors", "small", safetensors({"a": [2, 3], "b": []}, {"k": "v\u00e9\n"}))
    for module, name in [("collections", "OrderedDict"), ("torch", "FloatStorage"), ("torch._utils", "_rebuild_parameter"),
                         ("os", "system"), ("builtins", "eval")]:
        write("pickle-name", f"{module}.{name}", f"{module}\n{name}")


TINY = dict(model_type="wav2vec2", hidden_size=4, num_hidden_layers=1, num_attention_heads=2, intermediate_size=4,
            conv_dim=[2, 2], conv_kernel=[10, 8], conv_stride=[8, 4], num_conv_pos_embeddings=2,
            num_conv_pos_embedding_groups=2)


def encoder_tensors(config):
    hidden, inner, channels = config["hidden_size"], config["intermediate_size"], config["conv_dim"]
    tensors = {}

    def linear(name, outputs, inputs):
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = [outputs, inputs], [outputs]

    def norm(name, count):
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = [count], [count]

    for layer, (outputs, inputs, taps) in enumerate(zip(channels, [1] + channels, config["conv_kernel"])):
        tensors[f"feature_extractor.conv_layers.{layer}.conv.weight"] = [outputs, inputs, taps]
    norm("feature_extractor.conv_layers.0.layer_norm", channels[0])
    norm("feature_projection.layer_norm", channels[-1])
    linear("feature_projection.projection", hidden, channels[-1])
    tensors["encoder.pos_conv_embed.conv.bias"] = [hidden]
    tensors["encoder.pos_conv_embed.conv.weight_g"] = [1, 1, config["num_conv_pos_embeddings"]]
    tensors["encoder.pos_conv_embed.conv.weight_v"] = [
        hidden, hidden // config["num_conv_pos_embedding_groups"], config["num_conv_pos_embeddings"]]
    norm("encoder.layer_norm", hidden)
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layers.{layer}"
        for part in ["k_proj", "v_proj", "q_proj", "out_proj"]:
            linear(f"{name}.attention.{part}", hidden, hidden)
        norm(f"{name}.layer_norm", hidden)
        linear(f"{name}.feed_forward.intermediate_dense", inner, hidden)
        linear(f"{name}.feed_forward.output_dense", hidden, inner)
        norm(f"{name}.final_layer_norm", hidden)
    return tensors


def encoders():
    for folder in sorted((FIXTURES / "wav2vec2").iterdir()):
        if folder.is_dir():
            write("config", folder.name, (folder / "config.json").read_bytes())
    preprocessor = (FIXTURES / "wav2vec2/base/preprocessor_config.json").read_bytes()
    write("preprocessor", "base", preprocessor)
    write("config", "tiny", json.dumps(TINY))
    write("encoder", "tiny", json.dumps(TINY), preprocessor, safetensors(encoder_tensors(TINY)))


def heads():
    facts = dict(encoder="encoder", recipe="{\"channels\":\"mean\"}", layer="1", standardize="none", pipeline="small",
                 cell="2c0de8f4", protocol="three-fold", folds="00", fold="fold-1", key="00", encoder_origin="unrecognised weights")
    shapes = {"0.weight": [3, 4], "0.bias": [3], "3.weight": [2, 3], "3.bias": [2]}
    plain = dict(classes="[\"calm\",\"sad\"]", architecture="{\"classes\":2,\"dropout\":0.3,\"hidden\":[3],\"inputs\":4}")
    write("head", "plain", safetensors(shapes, facts | plain))
    mixed = dict(classes="[\"calm\",\"sad\"]", layer_weights="[0.5,0.5]", layer="weighted-sum 0,1",
                 architecture="{\"classes\":2,\"dropout\":0,\"hidden\":[],\"inputs\":4,\"states\":2}")
    write("head", "mixed", safetensors({"0.weight": [2, 4], "0.bias": [2], "mix.weight": [2, 4]}, facts | mixed))


STAGES = """# Does it *work*, and `how`?
name: small
stages:
  clips: {kind: corpus, layout: ravdess, root: corpus, complete: false}
  embeddings: {kind: embed, needs: clips, encoder: encoder, layers: all}
  heads:
    kind: train
    needs: embeddings
    protocol: [leave-one-speaker-out, speaker-kfold]
    split: {k: 5, seed: 1}
    layer: [2, {average: [0, 1]}, {weightedSum: all}, {concatenate: [3, 6]}]
    standardize: [none, train]
    labels: {merge: {calm: neutral}, keep: [neutral, happy]}
    head: {hidden: [16, [8, 4], []], dropout: 0.1}
    loss: {labelSmoothing: 0.1, classWeights: none}
    optimizer: &optimizer {kind: adamw, learningRate: 1e-2}
    schedule: plateau
    plateau: {factor: 0.5, patience: 2}
    batch: 8
    epochs: 4
    earlyStopping: {patience: 2, validation: {speakers: 1}}
    seed: [0, 1]
    saveHeads: false
  report:
    kind: report
    needs: heads
    bootstrap: {draws: 100}
    select: {by: uaValidation, over: layer}
    claimedConfusions: [[neutral, happy]]
    published: [{source: s, protocol: p, protocolSummary: q, ua: 50}]
"""

ALIASES = """name: a
stages:
  clips: {kind: corpus, layout: ravdess, root: corpus}
  embeddings: {kind: embed, needs: clips, encoder: encoder}
  heads: &h
    <<: &base {protocol: emobox-6fold, layer: 1, batch: 2}
    kind: train
    needs: [embeddings]
    optimizer: {learningRate: 1e-2, kind: !!str adamw}
    epochs: 0x1f
    head: &head
      hidden: 3
    schedule: >-
      constant
    loss: {classWeights: "none"}
"""


def stages():
    for file in sorted((HERE.parents[2] / "pipelines").glob("*.yaml")):
        write("stage", file.name, file.read_text())
    write("stage", "small", STAGES)
    write("stage", "aliases", ALIASES)
    write("stage", "set", STAGES, "heads.head.hidden=[64, 32]\nheads.seed=3\nname=other\n")
    write("folds", "clips", "fold,clip,part\r\none,Actor_01/a.wav,test\r\none,Actor_02/b.wav,train\r\n")
    write("folds", "speakers", "cell,fold,speaker\n2c0de8f4,one,'01\n2c0de8f4,\"two \"\"2\"\"\",02\n")


def tables():
    columns = ("cell,protocol,folds_sha256,speaker_independent,transductive,control,labels,encoder,layer,head,seed,"
               "classes,corpus_sha256,recipe_sha256,stamps")
    cell = "three-fold,00,true,false,false,,,12,\"256, dropout 0.3\",0,\"[\"\"calm\"\",\"\"sad\"\"]\",,,"
    cells = f"{columns}\na1,{cell}\nb1,{cell}a stamp\n"
    answers = [("a1", 0.9, "calm"), ("b1", 0.25, "sad")]
    rows = [f"{name},f{clip % 2},c{clip}.wav,0{clip % 3},{['calm', 'sad'][clip % 2]},{predicted},{share},{1 - share:.3}"
            for name, share, predicted in answers for clip in range(6)]
    write("report", "two-cells", cells,
          "cell,fold,clip,speaker,label,predicted,p_calm,p_sad\n" + "\n".join(rows) + "\n")


def wav(samples, rate, channels=1, bits=16, code=1, extra=b""):
    form = struct.pack("<HHIIHH", code, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + extra + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


def aiff(samples, rate):
    exponent = rate.bit_length() - 1
    extended = struct.pack(">HQ", 16383 + exponent, rate << (63 - exponent))
    common = struct.pack(">hIh", 1, len(samples) // 2, 16) + extended
    sound = struct.pack(">II", 0, 0) + samples
    body = b"AIFF" + b"COMM" + struct.pack(">I", len(common)) + common + b"SSND" + struct.pack(">I", len(sound)) + sound
    return b"FORM" + struct.pack(">I", len(body)) + body


def recordings():
    tone = [round(8000 * math.sin(i / 5)) for i in range(1000)]
    little, big = struct.pack("<1000h", *tone), struct.pack(">1000h", *tone)
    write("audio", "mono.wav", wav(little, 16000))
    write("audio", "stereo.wav", wav(little, 44100, channels=2, extra=b"LIST\x04\x00\x00\x00INFO"))
    write("audio", "float.wav", wav(struct.pack("<500f", *(t / 32768 for t in tone[:500])), 8000, bits=32, code=3))
    write("audio", "pipe.wav", wav(little, 22050).replace(b"data" + struct.pack("<I", len(little)), b"data\xff\xff\xff\xff"))
    write("audio", "tone.aiff", aiff(big, 16000))
    write("audio", "tone.au", struct.pack(">4s5I", b".snd", 24, len(big), 3, 16000, 1) + big)
    for name in ["noise.ogg", "noise.flac"]:
        write("audio", name, (FIXTURES / "audio" / name).read_bytes())


def archives():
    for name, method in (("stored.zip", zipfile.ZIP_STORED), ("deflated.zip", zipfile.ZIP_DEFLATED)):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            # Without a time of its own, an entry has the earliest that zip knows.
            archive.writestr(zipfile.ZipInfo("Actor_01/"), b"")
            for number in (1, 2):
                entry = zipfile.ZipInfo(f"Actor_01/03-01-01-01-01-0{number}-01.wav")
                entry.compress_type = method
                archive.writestr(entry, wav(bytes(i * i % 91 for i in range(800)), 16000) * number)
        write("archive", name, file.getvalue())


def questions():
    write("question", "markup", "Is *this* **bold** `code` [link](a.html) ![x](y) <b> & | \\* or [what](javascript:x)?\n# two")


if __name__ == "__main__":
    shutil.rmtree(SEEDS, ignore_errors=True)
    for make in [checkpoints, encoders, heads, stages, tables, archives, recordings, questions]:
        make()
