"""The wheel is whole: it works in an empty environment, from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what is committed or about to be."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_what_is_not_python(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    for needed in (
        "coopbook/migrations/versions/0001_create_the_book.py",
        "coopbook/migrations/env.py",
        "coopbook/migrations/script.py.mako",
        "coopbook/ledger/data/chart.csv",
        "coopbook/translations/id/LC_MESSAGES/messages.mo",
        "coopbook/py.typed",
        "webui/templates/base.html",
        "webui/static/style.css",
    ):
        assert needed in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if "dist-info" not in top} == {"coopbook", "webui"}


def test_the_wheel_works_in_an_empty_environment(wheel, tmp_path):
    home = tmp_path / "empty"
    venv.create(home, with_pip=True)
    bin_dir = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [str(bin_dir / "python"), "-m", "pip", "install", "-q", str(wheel)],
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COOPBOOK")}

    def coopbook(*words, status=0):
        done = subprocess.run(
            [str(bin_dir / "coopbook"), "--book", "buku", *words],
            cwd=tmp_path,
            env={**clean, "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    coopbook(
        *("init", "--name", "Melati", "--village", "Suka", "--manager", "budi"),
        *("--password", "melati di desa", "--first-day", "2026-01-01"),
    )
    coopbook("--as", "budi", "member", "admit", "Siti", "--on", "2026-01-05")
    coopbook("--as", "budi", "savings", "open", "1", "principal", "--on", "2026-01-05")
    voucher = coopbook(
        *("--as", "budi", "savings", "deposit", "1", "100.000", "--on", "2026-01-05")
    )
    assert voucher.strip() == "BKM-2026-000001"
    assert "Rantai" in coopbook("--lang", "id", "verify")
    served = subprocess.run(
        [
            *(str(bin_dir / "python"), "-c"),
            "from webui import create_app;"
            "app = create_app('buku');"
            "page = app.test_client().get('/', follow_redirects=True);"
            "assert page.status_code == 200, page.status_code;"
            "assert b'<form' in page.data",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode == 0, served.stderr
