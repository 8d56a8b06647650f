"""python -m tests.benchmarks.export_alone BOOK NUMBER FOLDER: an export, its memory.

The process loads nothing but what an export of the whole journal needs, so its peak is
that of the export: journal, trial balance, chain and manifest.
"""

import re
import sys
import time
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook.book import Book
from coopbook.db.engines import engine_for
from coopbook.exports import journal_csv


def peak_of_memory():
    """Return this process's own peak in MB; ru_maxrss would count its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def main(place, number, folder):
    idle, began = peak_of_memory(), time.perf_counter()
    engine = engine_for(Path(place))
    with Session(engine.connect()) as session:
        journal_csv(Book(session, int(number), "agus"), Path(folder))
    engine.dispose()
    took = time.perf_counter() - began
    print(f"the whole export with its chain and manifest: {took:.1f} s")
    print(f"its largest memory {peak_of_memory():.0f} MB, {idle:.0f} before it began")


if __name__ == "__main__":
    main(*sys.argv[1:])
