"""A book in a folder, and the command as a shell would call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coopbook.cli import main

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
"""The day where the cooperative is: the commands ask its clock, not the machine's."""


@dataclass
class Answer:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Call the command on a book founded for the test; it begins in 2022."""
    for name in ("COOPBOOK_BOOK", "COOPBOOK_AS", "COOPBOOK_LANG", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return founded(tmp_path / "book", capsys)


@pytest.fixture
def empty(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command on another book in which nothing happened yet."""
    return founded(tmp_path / "other", capsys)


def founded(place: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Found a book and return the command on it."""

    def call(*words: str, lang: str = "en") -> Answer:
        before = ["--book", str(place), "--as", "budi", "--lang", lang]
        with pytest.raises(SystemExit) as ended:
            main([*before, *map(str, words)])
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    who = ("--manager", "budi", "--password", "melati di desa")
    call("init", "--name", "Melati", "--village", "", "--first-day", "2022-01-01", *who)
    return call
