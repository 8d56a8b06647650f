"""The contracts of setup.cfg, the types and the linters are part of the tests."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("mypy", "--no-error-summary"),
    ],
    ids=["ruff", "format", "mypy"],
)
def test_the_linters_find_nothing(words):
    done = run(*words)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_arrows_point_down():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True) == 0


def test_every_package_is_listed_for_the_wheel():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    found = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for top in ("coopbook", "webui", "migrations")
        for file in (ROOT / top).rglob("__init__.py")
    }
    found = {
        f"coopbook.{name}" if name.startswith("migrations") else name for name in found
    }

    assert listed == found


def test_the_help_needs_no_database_library():
    done = subprocess.run(
        [
            *(sys.executable, "-X", "importtime", "-m", "coopbook", "--help"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "sqlalchemy" not in done.stderr
    assert "verify" in done.stdout
