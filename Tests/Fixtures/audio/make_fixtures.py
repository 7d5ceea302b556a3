#!/usr/bin/env python3
"""make_fixtures.py: writes the files beside it.

Made with Python 3.11, numpy 2.4.6, soundfile 0.14.0 (libsndfile 1.2.2) and soxr 1.1.0. The signal is the noise of a
linear congruential generator with seed 1, which the tests make for themselves (TestSupport/Noise.swift).

noise.flac, noise.ogg   one second of the noise, 16 kHz, mono; 16-bit FLAC, Vorbis
noise-ogg.f32           what soundfile decodes from noise.ogg: every 8th sample, little-endian float32
mean-3.f32              numpy's float32 mean(1) of 100 frames of three channels, each sample times 0.1
resampled-RATE.f32      soxr.resample(noise, RATE, 16000, "HQ") of a tenth of a second
resampled-long.f32      the same for 3.1 s at 8 kHz, more than one of soxr's pieces: every 16th sample
"""
import pathlib

import numpy as np
import soundfile
import soxr

here = pathlib.Path(__file__).parent


def noise16(count):
    """`count` 16-bit samples in [-8192, 8192)."""
    state, samples = 1, []
    for _ in range(count):
        state = (1103515245 * state + 12345) % 2**31
        samples.append((state >> 17) - 8192)
    return np.array(samples, dtype=np.int16)


def noise(count):
    return (noise16(count) / np.float32(32768)).astype(np.float32)


def write(name, samples):
    (here / name).write_bytes(samples.astype("<f4").tobytes())


soundfile.write(here / "noise.flac", noise16(16000), 16000, subtype="PCM_16")
# The stream's serial number is random, so an existing file is kept.
if not (here / "noise.ogg").exists():
    soundfile.write(here / "noise.ogg", noise(16000), 16000, subtype="VORBIS")
write("noise-ogg.f32", soundfile.read(here / "noise.ogg", dtype="float32")[0][::8])
write("mean-3.f32", (noise(300) * np.float32(0.1)).reshape(100, 3).mean(1))
for rate in (8000, 22050, 44100, 48000):
    write(f"resampled-{rate}.f32", soxr.resample(noise(rate // 10), rate, 16000, quality="HQ"))
write("resampled-long.f32", soxr.resample(noise(24800), 8000, 16000, quality="HQ")[::16])
