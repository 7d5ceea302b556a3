#!/usr/bin/env python3
"""make_fixtures.py: writes the tiny checkpoints beside this script and what transformers computes with them.

Each variant is a directory as on the Hugging Face hub. expected.json holds, for each, the mean over frames of every
hidden state for one input: 4800 samples of the noise of Tests/TestSupport/Noise.swift, through
Wav2Vec2FeatureExtractor. Made with Python 3.11, torch 2.13.0, transformers 5.23.0, safetensors 0.8.0, numpy 2.4.6; seeds
are in the code. The legacy file names its storages by their addresses, so its bytes, not its numbers, differ each time.
"""
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import (HubertConfig, HubertModel, Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2ForPreTraining,
                          Wav2Vec2Model)

HERE = pathlib.Path(__file__).parent
SIZE = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
            conv_dim=[20, 8, 4, 4, 4, 4, 8], num_conv_pos_embeddings=20, num_conv_pos_embedding_groups=4)
CODES = dict(codevector_dim=8, proj_codevector_dim=8, num_codevectors_per_group=4)
LAYER = dict(feat_extract_norm="layer", do_stable_layer_norm=True, conv_bias=True)
VARIANTS = {  # model class, configuration beyond SIZE, file format, old weight-norm names, prefix put before names
    "base": (Wav2Vec2Model, {}, "safetensors", False, ""),
    "pretraining-zip": (Wav2Vec2ForPreTraining, CODES, "zip", True, ""),
    "bias-legacy": (Wav2Vec2Model, dict(conv_bias=True, num_conv_pos_embeddings=19), "legacy", True, "wav2vec2."),
    "large": (Wav2Vec2Model, LAYER, "safetensors", False, ""),
    "hubert": (HubertModel, dict(feat_proj_layer_norm=False, num_conv_pos_embeddings=7), "safetensors", False, ""),
    "hubert-large": (HubertModel, LAYER, "zip", True, "hubert."),
}


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (1_103_515_245 * state + 12_345) % (1 << 31)
        values.append((state >> 17) - 8192)
    return np.array(values, np.float32) / 32768


def write(name, seed):
    cls, extra, form, old_names, prefix = VARIANTS[name]
    torch.manual_seed(seed)
    config = cls.config_class(**(SIZE | extra))
    model = cls(config).eval()
    with torch.no_grad():  # every bias and norm off its start, and weights large enough for each to matter
        for parameter in model.parameters():
            parameter.add_((0.3 if parameter.ndim < 3 else 0.1) * torch.randn_like(parameter))
    state = {prefix + key: value.contiguous() for key, value in model.state_dict().items()}
    if old_names:
        state = {key.replace("parametrizations.weight.original0", "weight_g")
                    .replace("parametrizations.weight.original1", "weight_v"): value for key, value in state.items()}
    directory = HERE / name
    directory.mkdir(exist_ok=True)
    keys = config.to_dict()
    keep = ["model_type", "hidden_act", "feat_extract_activation", "feat_extract_norm", "do_stable_layer_norm",
            "conv_bias", "conv_kernel", "conv_stride", "layer_norm_eps", "feat_proj_layer_norm", *SIZE]
    (directory / "config.json").write_text(json.dumps({key: keys[key] for key in keep if key in keys}, indent=2) + "\n")
    (directory / "preprocessor_config.json").write_text(json.dumps(
        dict(do_normalize=True, feature_extractor_type="Wav2Vec2FeatureExtractor", feature_size=1, padding_side="right",
             padding_value=0.0, return_attention_mask=False, sampling_rate=16000), indent=2) + "\n")
    if form == "safetensors":
        save_file(state, directory / "model.safetensors", metadata={"format": "pt"})
    else:
        torch.save(state, directory / "pytorch_model.bin", _use_new_zipfile_serialization=form == "zip")
    return getattr(model, "wav2vec2", model)


def pooled(model, samples):
    inputs = Wav2Vec2FeatureExtractor()(samples, sampling_rate=16000, return_tensors="pt").input_values
    with torch.inference_mode():
        states = model(inputs, output_hidden_states=True).hidden_states
    return [[float(value) for value in state[0].double().mean(0)] for state in states]


expected = {name: pooled(write(name, seed), noise(4800)) for seed, name in enumerate(VARIANTS)}
(HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
