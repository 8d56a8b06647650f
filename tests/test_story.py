"""The story of the product: a day at the desks, and a figure somebody changed.

One browser, one freshly made book in a folder, the command line before and after.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.webui.browsing import PRINTER, follow, on_paper

TODAY = date(2026, 3, 16)
MANAGER = "melati di desa"
STAFF = {
    "rina": "teller",
    "dewi": "credit",
    "agus": "auditor",
}

pytestmark = pytest.mark.browser


@dataclass
class Village:
    """A cooperative: its folder, its desks, and who knows which password."""

    folder: Path
    chromium: Any
    address: str = ""
    passwords: dict[str, str] = field(default_factory=lambda: {"budi": MANAGER})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a shell would."""
        before = ["--book", str(self.folder), "--as", "budi", "--lang", "en"]
        return subprocess.run(
            [sys.executable, "-m", "coopbook", *before, *words],
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )

    @contextmanager
    def sitting(self, name: str) -> Iterator[Any]:
        """Log somebody in, in English, and hand out their page."""
        context = self.chromium.new_context(locale="en-GB")
        context.add_init_script(PRINTER)
        page = context.new_page()
        page.goto(f"{self.address}/login")
        page.fill("[name=name]", name)
        page.fill("[name=password]", self.passwords[name])
        follow(page, "main .btn:not(.link)")
        follow(page, "footer button[value=en]")
        yield page
        context.close()


@pytest.fixture
def village(tmp_path: Path, chromium: Any) -> Iterator[Village]:
    """A small book, made by the command, with its desks open."""
    from waitress import create_server

    from webui import create_app

    made = Village(tmp_path / "book", chromium)
    who = ("--manager", "budi", "--password", MANAGER)
    about = ("--name", "Koperasi Melati", "--village", "Desa Contoh")
    first = ("--first-day", "2026-01-01")
    steps: list[tuple[str, ...]] = [
        ("init", *about, *first, *who),
        (
            *("setting", "set", "lending_limit_binding", "0", "--from", "2026-01-02"),
            *("--source", "rapat pendiri"),
        ),
        ("member", "admit", "Siti Aminah", "--on", "2026-01-02"),
        ("savings", "open", "1", "principal", "--on", "2026-01-02"),
        ("savings", "open", "1", "voluntary", "--on", "2026-01-02"),
        *[
            ("person", "add", name, name.title(), "--role", role)
            for name, role in STAFF.items()
        ],
        ("person", "add", "siti", "Siti Aminah", "--role", "member", "--member", "1"),
    ]
    for words in steps:
        done = made.run(*words)
        assert done.returncode == 0, (words, done.stderr)
        if words[0] == "person":
            made.passwords[words[2]] = done.stdout.split()[-1]
    app = create_app(made.folder, today=TODAY)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.effective_port}"
    yield made
    server.close()
    thread.join(5)


def main_of(page: Any) -> str:
    """Return what the page says, as a reader reads it."""
    return " ".join(page.inner_text("main").replace("\u00a0", " ").split())


def deposit(page: Any, village: Village, account: str, amount: str) -> None:
    page.goto(f"{village.address}/counter/1/deposit?account={account}")
    page.fill("#amount", amount)
    check_and_post(page)
    assert "/receipts/" in page.url


def check_and_post(page: Any) -> None:
    follow(page, "main form.sheet .acts button")
    assert "Will be posted:" in main_of(page)
    follow(page, "main form.sheet .acts button")


def test_a_day_at_the_desks_and_a_figure_somebody_changed(village: Village) -> None:
    take_in_print_and_reverse(village)
    lend(village)
    see_the_same_money(village)
    take_the_journal_along(village)

    whole = village.run("verify")
    assert whole.returncode == 0, whole.stdout
    voucher = change_a_figure(village.folder / "book.db")
    broken = village.run("verify")
    assert broken.returncode == 3, broken.stdout
    assert voucher in broken.stdout


def take_in_print_and_reverse(village: Village) -> None:
    with village.sitting("rina") as page:
        deposit(page, village, "1", "100.000")
        deposit(page, village, "2", "5.000.000")
        deposit(page, village, "2", "250.000")
        assert "two hundred and fifty thousand rupiah" in main_of(page)
        receipt = page.url
        follow(page, "main .acts form button")
        assert "Copy" not in page.inner_text("article")
        paper = on_paper(page)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
        follow(page, "main .acts form button")
        assert "copy 1" in page.inner_text("article").lower()
        page.goto(receipt)
        follow(page, "main .btn.stop")
        page.fill("#reason", "Wrong member")
        check_and_post(page)
        assert "Wrong member" in main_of(page)
        page.goto(f"{village.address}/savings/2")
        assert "5.000.000" in main_of(page)


def lend(village: Village) -> None:
    with village.sitting("dewi") as page:
        page.goto(f"{village.address}/members/1/loans/new")
        page.select_option("#product", "productive")
        page.fill("#amount", "2.000.000")
        page.fill("#term", "10")
        page.fill("#purpose", "A sewing machine")
        check_and_post(page)
        assert "waits for approval" in main_of(page)
    with village.sitting("budi") as page:
        page.goto(f"{village.address}/approvals")
        follow(page, "main table a")
        assert "A sewing machine" in main_of(page)
        follow(page, "main form[action$='/approve'] button")
        assert "Approved." in main_of(page)
    with village.sitting("rina") as page:
        page.goto(f"{village.address}/loans/1/disbursement")
        check_and_post(page)
        assert "/receipts/" in page.url
        page.goto(f"{village.address}/counter/1/installment")
        page.fill("#amount", "230.000")  # 200,000 and 1.5 % flat of two million
        check_and_post(page)
        assert "230.000" in page.inner_text("article")


def see_the_same_money(village: Village) -> None:
    with village.sitting("rina") as page:
        page.goto(f"{village.address}/members/1")
        desk = main_of(page)
    with village.sitting("siti") as page:
        own = main_of(page)
        for figure in ("100.000", "5.000.000", "1.800.000"):
            assert figure in own, figure
            assert figure in desk, figure
        assert page.goto(f"{village.address}/members/1").status == 403


def take_the_journal_along(village: Village) -> None:
    with village.sitting("agus") as page:
        page.goto(f"{village.address}/audit")
        with page.expect_download() as taken:
            page.click("main form[action$='/audit/export'] button")
        data = Path(taken.value.path()).read_bytes()
    folder = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(folder.read("manifest.json"))
    for told in manifest["files"]:
        content = folder.read(told["name"])
        assert hashlib.sha256(content).hexdigest() == told["sha256"]
    rows = list(csv.DictReader(io.StringIO(folder.read("journal.csv").decode())))
    debit, credit = (
        sum(int(row[side] or 0) for row in rows) for side in ("debit", "credit")
    )
    assert debit == credit == 100_000 + 5_000_000 + 2 * 250_000 + 2_000_000 + 230_000


def change_a_figure(file: Path) -> str:
    """Change one stored figure as somebody with the file could; name its voucher."""
    with sqlite3.connect(file) as raw:
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND tbl_name = 'line'"
        ).fetchall()
        for name, _sql in guards:
            raw.execute(f"DROP TRIGGER {name}")
        number, voucher = raw.execute(
            "SELECT e.number, e.voucher FROM entry e"
            " JOIN line l ON l.entry_number = e.number WHERE l.debit = 5000000"
        ).fetchone()
        raw.execute(
            "UPDATE line SET debit = 50000000 WHERE entry_number = ?"
            " AND debit = 5000000",
            (number,),
        )
        for _name, sql in guards:
            raw.execute(sql)
    raw.close()
    return str(voucher)
