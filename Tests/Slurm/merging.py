#!/usr/bin/env python3
"""Times `timbre cache merge` on eight shards of 1,250 rows of wav2vec2-base's shape, made of noise: into a new cache, and again.

`merging.py PROGRAM FOLDER [ROWS]`"""

import hashlib, os, sqlite3, struct, subprocess, sys

program, folder, rows = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
LAYERS, HIDDEN, SHARDS = 13, 768, 8


def number(value):
    return struct.pack("<q", value)


def sized(data):
    return number(len(data)) + data


def digest_of(*parts):
    return hashlib.sha256(b"".join(sized(part.encode()) for part in parts)).digest()


def checksum(recipe, clip, values):
    """As RowChecksum.swift feeds it."""
    shape = number(LAYERS) + number(HIDDEN) + number(100)
    fed = sized(b"embeddings") + recipe + clip + shape + sized(b"avx2") + sized(values)
    return hashlib.sha256(fed).digest()[:8]


def noise():
    """Random floats, all finite: the highest bit of every exponent is 0."""
    count = LAYERS * HIDDEN
    bits = int.from_bytes(os.urandom(4 * count), "little") & int.from_bytes(b"\xff\xff\xff\xbf" * count, "little")
    return bits.to_bytes(4 * count, "little")


empty = os.path.join(folder, "empty")
subprocess.run([program, "cache", "merge", "--cache", empty, "nothing"], capture_output=True)
files = [os.path.join(folder, f"noise-{shard}.sqlite") for shard in range(SHARDS)]
recipe = digest_of("recipe", "encoder", "noise")
for shard, file in enumerate(files):
    with sqlite3.connect(os.path.join(empty, "features.sqlite")) as made, sqlite3.connect(file) as database:
        made.backup(database)
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("INSERT INTO recipes VALUES (1, ?, ?)", (recipe, '{"encoder":"noise"}'))
        for row in range(shard, rows, SHARDS):
            clip, values = hashlib.sha256(str(row).encode()).digest(), noise()
            database.execute(
                'INSERT INTO embeddings (recipe, clip, layers, hidden, frames, instruction_set, checksum, "values") '
                "VALUES (1, ?, ?, ?, 100, 'avx2', ?, ?)", (clip, LAYERS, HIDDEN, checksum(recipe, clip, values), values))
for turn in ("new", "again", "again"):
    command = [program, "cache", "merge", "--cache", os.path.join(folder, "merged")] + files
    print(f"{turn}:", subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[-1])
size = os.path.getsize(os.path.join(folder, "merged", "features.sqlite"))
print(f"cache: {size} bytes, {size / rows:.0f} a row")
