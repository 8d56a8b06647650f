"""Damage files and read them, in a process of its own, and say how that went.

``python -m tests.coopbook.importing.fuzzing xlsx 200`` prints one line of JSON.  The
seed of a case is printed before it is read: what ends the process can be repeated.  A
case that runs longer than ten seconds ends it.
"""

import io
import json
import random
import re
import resource
import signal
import sys
import time
import zipfile
from collections import Counter

from coopbook.errors import Refused
from coopbook.importing.files import apart
from coopbook.importing.files.reading import read
from coopbook.importing.kinds import bank_book, savings_sheet

from .workbooks import CSV, generate

SECONDS = 10
NUMBER = re.compile(rb"[0-9]+")
NUMBERS = (0, 1, 255, 16_385, 65_536, 1_048_577, 2**31, 2**32 - 2, 2**64, 10**30)
TOUCHING = ("os.remove", "os.rename", "os.mkdir", "socket.connect")


def sound(container, seed):
    """Return an honest file to damage."""
    name = CSV[seed % len(CSV)] if container == "csv" else container
    return generate(seed % 12, name, "").data


def damaged(container, seed):
    """Return a file damaged as the seed says: flipped, cut, spliced, overwritten."""
    dice = random.Random(seed)
    data = sound(container, seed)
    if data.startswith(b"PK") and dice.random() < 0.6:
        return _repacked(dice, data, sound(container, seed + 1))
    return _harmed(dice, data, sound(container, seed + 1))


def _repacked(dice, data, other):
    """Damage one part of a zip before it is packed, so that it is unpacked again."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as whole,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        chosen = dice.choice(whole.namelist())
        for name in whole.namelist():
            content = whole.read(name)
            if name == chosen:
                content = _harmed(dice, content, other)
            made.writestr(name, content)
    return memory.getvalue()


def _harmed(dice, data, other):
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 5, 20])):
        at = dice.randrange(len(data) + 1)
        length = dice.choice([1, 2, 4, 8, 64, 700])
        way = dice.randrange(11)
        if way == 0 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif way == 1:
            del data[at:]
        elif way == 2:
            del data[at : at + length]
        elif way == 3:
            begin = dice.randrange(len(other))
            data[at:at] = other[begin : begin + length]
        elif way == 4:
            data[at : at + length] = dice.randbytes(length)
        elif way == 5:
            data[at : at + length] = dice.choice([b"\xff", b"\0", b"9"]) * length
        elif way == 6:
            data[at:at] = data[at : at + length] * dice.choice([2, 50])
        elif way > 7 and (found := NUMBER.search(data, at)):
            data[found.start() : found.end()] = b"%d" % dice.choice(NUMBERS)
        else:
            begin = dice.randrange(len(data) + 1)
            data[at : at + length] = data[begin : begin + length]
    return bytes(data)


def used(whose=resource.RUSAGE_SELF):
    """Return the most memory a process has held, in megabytes."""
    return round(resource.getrusage(whose).ru_maxrss / 1_000, 1)


def watch(touched):
    """Note every file written and every door opened from here on.

    The reader that runs apart is started, and pipes lead to it.
    """

    def heard(event, facts):
        if event == "open":
            path, mode = facts[0], facts[1]
            heeded = not isinstance(path, int) and str(mode)[:1] in "wax"
        elif event == "subprocess.Popen":
            heeded = apart.__file__ not in facts[1]
        else:
            heeded = event in TOUCHING
        if heeded:
            touched.append(f"{event} {facts[:1]}")

    sys.addaudithook(heard)


def one(data):
    """Read a file to the end; return what refused it."""
    try:
        book = read(data)
    except Refused as refusal:
        assert str(refusal)
        return type(refusal).__name__
    for kind in (savings_sheet, bank_book):
        try:
            kind.understand(book)
        except Refused as refusal:
            assert str(refusal)
    return "read"


def main(container, many, first=0):
    """Read as many damaged files as are asked for, and print how that went."""
    one(sound(container, 0))
    touched, ends, slowest = [], Counter(), 0.0
    cases = [damaged(container, first + number) for number in range(many)]
    before = used()
    watch(touched)
    for number, data in enumerate(cases, start=first):
        print(f"{container} {number}", flush=True, file=sys.stderr)
        signal.alarm(SECONDS)
        began = time.monotonic()
        ends[one(data)] += 1
        slowest = max(slowest, time.monotonic() - began)
        signal.alarm(0)
    said = {"ends": ends, "slowest": round(slowest, 3), "touched": touched[:9]}
    held = {"grown": used() - before, "apart": used(resource.RUSAGE_CHILDREN)}
    print(json.dumps(said | held))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
