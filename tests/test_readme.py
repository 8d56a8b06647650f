"""What the README promises is run as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.vault import vault_for
from tests.conftest import FIRST_DAY

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    folder = tmp_path / "books" / "melati"
    folder.mkdir(parents=True)
    engine = engine_for(folder)
    schema.upgrade(engine)
    with (
        Session(engine) as session,
        founding(
            session,
            number=1,
            name="Melati",
            first_day=FIRST_DAY,
            actor="rina",
            vault=vault_for(folder, make=True),
        ),
    ):
        pass
    engine.dispose()

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "11102 Kas Kasir/Teller 350,000 0",
        "21101 Tabungan/Simpanan Sukarela Anggota 0 250,000",
        "31001 Simpanan Pokok 0 100,000",
    ]


def test_the_sample_is_made_quickly_and_never_over_a_real_book(tmp_path):
    command = [sys.executable, "-m", "coopbook", "--book", "contoh", "demo"]
    made = subprocess.run(
        [*command, "--no-serve", "--today", "2026-11-21"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "rina" in made.stdout
    checked = subprocess.run(
        [*command[:-1], "verify"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    made_at = (tmp_path / "contoh" / "book.db").stat().st_mtime_ns
    subprocess.run(
        [*command, "--no-serve", "--today", "2026-11-21"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "contoh" / "book.db").stat().st_mtime_ns == made_at

    subprocess.run(
        [
            *(sys.executable, "-m", "coopbook", "--book", "asli", "init"),
            *("--name", "Asli", "--village", "Desa", "--manager", "budi"),
            *("--password", "melati di desa"),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    before = (tmp_path / "asli" / "book.db").read_bytes()
    refused = subprocess.run(
        [
            *(sys.executable, "-m", "coopbook", "--book", "asli", "demo"),
            "--no-serve",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "real book" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (tmp_path / "asli" / "book.db").read_bytes() == before
