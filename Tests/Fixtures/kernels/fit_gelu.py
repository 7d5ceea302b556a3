#!/usr/bin/env python3
"""Fits the polynomial of Sources/CKernels/loops/gelu.h and prints its coefficients and errors.

GELU(x) = x Phi(x), and Phi(x) - 1/2 is odd, so with c = x clamped to [-L, L] and v = 2 c^2 / L^2 - 1 in [-1, 1]
    GELU(x) = x (1/2 + c P(v)).
P minimises the largest |c| |1/2 + c P(v) - Phi(c)|, the absolute error of GELU itself (Lawson's reweighting of least
squares on a fine grid). Written for numpy 2.4 and Python 3.11; nothing in it is random.
"""
import math

import numpy as np

L, DEGREE, POINTS = 5.2, 13, 20001

c = L * np.sqrt((np.cos(np.linspace(0, np.pi, POINTS)) + 1) / 2)
c = c[c > 1e-9]
v = 2 * c * c / (L * L) - 1
phi = np.array([0.5 * math.erfc(-x / math.sqrt(2)) for x in c])
basis = np.polynomial.chebyshev.chebvander(v, DEGREE)

weight = np.ones_like(c)
best = (np.inf, None)
for _ in range(400):
    scale = np.sqrt(weight) * c * c
    solution, *_ = np.linalg.lstsq(basis * scale[:, None], (phi - 0.5) / c * scale, rcond=None)
    error = np.abs(c * (c * (basis @ solution) + 0.5 - phi))
    if error.max() < best[0]:
        best = (error.max(), solution)
    weight *= error / error.mean() + 1e-3
    weight /= weight.mean()

coefficients = np.polynomial.chebyshev.cheb2poly(best[1])
print("highest power first:")
for value in coefficients[::-1]:
    print(f"    {np.float32(value)!r:>30}  {float(np.float32(value)).hex()}")

x = np.linspace(-8, 8, 400001).astype(np.float32)
clamped = np.clip(x, np.float32(-L), np.float32(L))
argument = clamped * clamped * np.float32(2 / (L * L)) - np.float32(1)
total = np.full_like(x, np.float32(coefficients[-1]))
for value in coefficients[-2::-1]:
    total = total * argument + np.float32(value)
ours = x * (np.float32(0.5) + clamped * total)
exact = np.array([value * 0.5 * math.erfc(-value / math.sqrt(2)) for value in x.astype(np.float64)])
worst = np.abs(ours - exact)
print(f"largest error of GELU: fit {best[0]:.2e}, in float32 {worst.max():.2e} at {x[worst.argmax()]:.3f}")
print(f"largest error of GELU / max(1, |x|) in float32: {(worst / np.maximum(1, np.abs(x))).max():.2e}")
