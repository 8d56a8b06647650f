"""A shop from the shell, and two books read as one."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

ON = ("--on", "2025-03-03")
YEAR = ("--to", "2025-12-31")


def opened(run: Run) -> None:
    """Let the cooperative trade, with rice in stock."""
    run(*("setting", "set", "trades", 1, "--from", "2022-01-02", "--source", "AD"))
    run(*("goods", "item", "B01", "Beras", "kg", 13_000, 14_000), *ON)


def test_a_shop_is_kept_from_the_shell(run: Run) -> None:
    nobody = run("goods", "begin", *ON)
    assert nobody.status == 1
    assert "does not trade" in nobody.err
    opened(run)
    said = run("goods", "buy", "B01", "10", 110_000, "--supplier", "UD Makmur", *ON)
    assert said.out.startswith("BM-2025-")
    sold = run("goods", "sell", "B01", "2,5", "--key", "sale-1", *ON)
    assert sold.out.startswith("BKM-2025-")
    again = run("goods", "sell", "B01", "2,5", "--key", "sale-1", *ON)
    assert again.out == sold.out
    much = run("goods", "sell", "B01", "8", *ON)
    assert much.status == 1
    assert "There are 7.5 kg of Beras on 03/03/2025" in much.err
    assert run("goods", "sell", "B01", "1.2345", *ON).status == 2
    run("goods", "change", "B01", "--member-price", 12_500, "--aside")
    aside = run("goods", "sell", "B01", "1", *ON)
    assert "was put aside" in aside.err
    count = ("goods", "count", "B01", "7", "--witness", "sari", *ON)
    assert "Write why it differs" in run(*count).err
    done = run(*count, "--why", "bocor")
    assert "The book said 7.5, counted were 7" in done.out
    rows = json.loads(run("goods", "list", "--format", "json").out)
    assert rows["totals"] == {"value": 77_000}
    card = run("goods", "card", "B01")
    assert "Makmur" in card.out
    over = run("goods", "take-over", "B01", "1", 1, *ON)
    assert over.status == 1
    assert run("verify").status == 0


def test_a_member_buys_on_account_and_pays(run: Run) -> None:
    opened(run)
    run("member", "admit", "Siti Aminah", "--on", "2022-01-03")
    run("savings", "open", 1, "principal", "--on", "2022-01-03")
    run("savings", "deposit", 1, 100_000, "--on", "2022-01-03")
    run("goods", "buy", "B01", "10", 110_000, "--supplier", "UD Makmur", *ON)
    sale = ("goods", "sell", "B01", "2", "--member", 1, "--on-account", *ON)
    assert "paid at once here" in run(*sale).err
    limit = ("shop_credit_limit", 30_000, "--from", "2022-01-02", "--source", "RAT")
    run("setting", "set", *limit)
    assert run(*sale).out.startswith("BM-2025-")
    assert "above the limit" in run(*sale).err
    assert run(*sale, "--bank").status == 2
    paid = run("goods", "pay", 1, 6_000, "--key", "pay-1", *ON)
    assert paid.out.startswith("BKM-2025-")
    assert run("goods", "pay", 1, 6_000, "--key", "pay-1", *ON).out == paid.out
    told = json.loads(run("goods", "owed", "--format", "json").out)
    (row,) = told["rows"]
    assert (row["number"], row["amount"], row["since"]) == (1, 20_000, "2025-03-03")
    assert run("verify").status == 0


def test_two_books_are_read_as_one(run: Run, tmp_path: Path) -> None:
    who = ("--manager", "budi", "--password", "melati di desa")
    run(*("init", "--name", "USP", "--village", "", "--first-day", "2022-01-01"), *who)
    opened(run)
    run("goods", "buy", "B01", "10", 110_000, "--supplier", "UD Makmur", *ON)
    alone = run("consolidate", *YEAR)
    assert alone.status == 1
    assert "Name another cooperative" in alone.err
    told = run("consolidate", "--with", 2, *YEAR, "--format", "json")
    rows = {row["code"]: row for row in json.loads(told.out)["rows"]}
    assert rows["inventories"]["1 Melati"] == rows["inventories"]["together"] == 110_000
    assert rows["inventories"]["2 USP"] == rows["total_assets"]["left out"] == 0
    assert rows["closing"]["together"] == rows["cash"]["together"]
    assert rows["closing.total"]["together"] == rows["total_equity"]["together"]
    table = run("consolidate", "--with", 2, *YEAR, lang="id")
    assert "JUMLAH ASET" in table.out
    csv = run("consolidate", "--with", 2, *YEAR, "--format", "csv")
    assert csv.out.startswith("statement,code,name,1 Melati,2 USP,left out,together")
    head = csv.out.splitlines()[0]
    assert head.endswith("left out before,together before")
    paper, sheet = tmp_path / "gabungan.pdf", tmp_path / "gabungan.xlsx"
    files = ("--pdf", paper, "--xlsx", sheet)
    assert run("consolidate", "--with", 2, *YEAR, *files).status == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert sheet.read_bytes().startswith(b"PK")
    assert "tie to each other" in run("consolidate", "--with", 2, *YEAR).out
    assert run("consolidate", "--with", 9).status == 1
