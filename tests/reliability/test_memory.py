"""A million movements come in within the memory of an old laptop, and go out again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from tests.conftest import SOAK, needed

ROWS = 1_000_000 if SOAK else 60_000
MEMBERS = 5_000 if SOAK else 1_000
MEMO = "Potongan gaji" if SOAK else "Potongan gaji pegawai " * 8
"""Longer in the shorter list, so that it too is beyond ten megabytes."""
MOST = 120
"""Megabytes."""
MOST_OUT = 64
"""Megabytes of a process that writes out the whole journal and does nothing else."""


def movements(path: Path) -> None:
    """Write a list of savings movements, week by week."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "Tanggal;No Anggota;Nama;Jenis Simpanan;Jenis Transaksi;Jumlah;Ket\n"
        )
        for n in range(ROWS):
            week, member = divmod(n, MEMBERS)
            pot, way = ("sukarela" if member % 5 == 0 else "wajib"), "setor"
            if week == 0:
                pot = "pokok"
            elif pot == "sukarela" and week % 7 == 0:
                way = "tarik"
            on = date(2018, 1, 2) + timedelta(7 * week)
            much = 100_000 if week == 0 else 50_000 + member
            file.write(
                f"{on:%d/%m/%Y};A{member};Anggota {member};{pot};{way};{much};{MEMO}\n"
            )


CHILD = """
import atexit, sys
from coopbook.cli import main

def tell():
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024, file=sys.stderr)

atexit.register(tell)
main(sys.argv[1:])
"""


def run(book: Path, *words: str) -> tuple[str, int]:
    """Run the command; return what it said last, and its own peak in megabytes.

    What a parent learns of its child's peak counts the parent before the child
    became another program; so the child reads its own.
    """
    if not Path("/proc/self/status").exists():
        needed("/proc")
    at = ("--book", str(book), "--as", "budi", "--lang", "en")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *at, *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1], int(done.stderr.split()[-1])


EXPORT = """
import sys
from sqlalchemy.orm import Session
from coopbook.book import Book
from coopbook.db.engines import engine_for
from coopbook.exports import journal_csv

with Session(engine_for(sys.argv[1]).connect()) as session:
    manifest = journal_csv(Book(session, 1, "agus"), sys.argv[2])
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM"))
print(manifest.files[0].rows, int(peak.split()[1]) // 1024)
"""


def written_out(book: Path, folder: Path) -> tuple[int, int]:
    """Write the whole journal with its chain; return its lines and the megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, str(book), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines, peak = done.stdout.split()
    return int(lines), int(peak)


def test_memory_does_not_grow_with_a_list(tmp_path, capsys):
    book, path = tmp_path / "book", tmp_path / "movements.csv"
    movements(path)
    assert path.stat().st_size > 10_000_000
    run(
        *(book, "init", "--name", "Melati", "--village", "Contoh"),
        *(
            "--first-day",
            "2018-01-01",
            "--manager",
            "budi",
            "--password",
            "melati di desa",
        ),
    )
    seen, looking = run(book, "import", "savings", str(path), "--dry-run")
    assert seen == "Only looked at: nothing was posted."
    said, posting = run(book, "import", "savings", str(path))
    assert said == f"Import 1: {ROWS} rows posted."
    again, _ = run(book, "import", "savings", str(path))
    assert again == "The book has every row of this file. Nothing was posted."
    back, undoing = run(book, "imports", "take-back", "1", "--reason", "salah berkas")
    assert back == f"Import 1 is taken back: {ROWS} entries reversed."
    with capsys.disabled():
        print(f"\n{ROWS:,} movements: {looking} MB to look at, {posting} to post,")
        print(f"{undoing} to take back")
    assert max(looking, posting, undoing) <= MOST
    lines, peak = written_out(book, tmp_path / "out")
    assert (lines, peak <= MOST_OUT) == (4 * ROWS, True), peak
