"""What stands behind loans, groups and lists, from a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run
from .test_loans_cli import DAY, agreed, by, fine, lent, told

__all__ = ["lent"]
LATER = ("--on", "2022-02-03")


@pytest.fixture
def street(lent: Run) -> Run:
    """Four neighbours beside Siti have paid their share."""
    for number in range(2, 6):
        fine(lent("member", "admit", f"Tetangga {number}", *DAY))
        fine(lent("savings", "open", number, "principal", *DAY))
        account = number + 1
        fine(lent("savings", "deposit", account, "100.000", *DAY))
    return lent


def test_a_larger_loan_is_appraised_secured_and_let_go(street: Run) -> None:
    asked = ("loan", "apply", 2, "productive", "3.000.000", "--months", 12)
    by(street, "dewi", *asked, "--purpose", "ternak", *DAY)
    waiting = told(street, "approval", "list")["rows"][0]
    early = street("approval", "approve", str(waiting["number"]), waiting["digest"])
    assert early.status == 1
    assert "is not appraised yet" in early.err

    found = ("--business", "Ternak", "--income", "3.000.000", "--expenses", "1.000.000")
    by(street, "dewi", "loan", "appraise", 2, *found, "--character", "good", *DAY)
    one = ("--member", 1, "--relation", "tetangga", "--account", 2)
    said = by(street, "dewi", "loan", "guarantee", 2, "600.000", *one, *DAY)
    assert said.strip() == "1"
    thing = ("--kind", "gold", "--what", "Gelang", "--document", "Nota 9")
    whose = ("--owner", "Tetangga", "--relation", "sendiri", "--value", "2.000.000")
    lies = ("--by", "Dewi", "--kept", "Lemari")
    by(street, "dewi", "loan", "pledge", 2, *thing, *whose, *lies, *DAY)
    totals = told(street, "loan", "backing", 2)["totals"]
    assert (totals["savings"], totals["collateral"]) == (600_000, 1_400_000)
    assert (totals["percent"], totals["fits"]) == (66, True)

    agreed(street)
    by(street, "rina", "loan", "disburse", 2, *DAY)
    back = by(street, "dewi", "loan", "give-back", 1, "--to", "x", "--note", "y", *DAY)
    assert "waits for a second person" in back
    freed = by(street, "wati", "savings", "release", 1, "--note", "pindah", *DAY)
    assert "waits for a second person" in freed
    ends = sum(row["amount"] for row in told(street, "loan", "payoff", 2, *DAY)["rows"])
    by(street, "rina", "loan", "repay", 2, ends, "--wish", "settle", *DAY)
    rows = told(street, "day-end", *DAY)["rows"]
    (went,) = (row["count"] for row in rows if "let go" in row["what"])
    assert went == 1
    again = told(street, "day-end", *DAY)["rows"]
    assert [row["count"] for row in again if "let go" in row["what"]] == [0]


def test_a_group_meets_and_its_sheet_comes_from_a_file(
    street: Run, tmp_path: Path
) -> None:
    meets = ("--first", "2022-01-10", "--meets", "weekly")
    made = by(street, "dewi", "group", "found", "Mawar", 1, 2, 3, 4, 5, *meets, *DAY)
    assert made.strip() == "1"
    asked = ("loan", "apply", 2, "productive", "1.200.000", "--months", 12)
    by(street, "dewi", *asked, "--group", 1, *DAY)
    agreed(street)
    by(street, "rina", "loan", "disburse", 2, *DAY)
    due = {
        row["loan"]: row["due"]
        for row in told(street, "group", "sheet", 1, *LATER)["rows"]
        if row["loan"]
    }
    assert set(due) == {2}
    sheet = tmp_path / "pertemuan.csv"
    sheet.write_text(f"loan,amount,member\n2,100.000,\n2,{due[2] - 100_000},3\n")
    wrong = street(
        *("--as", "rina", "group", "meet", "1", str(sheet)),
        *("--came", "all", "--control", "1", *LATER),
    )
    assert wrong.status == 1
    assert "apart" in wrong.err

    told_ = by(street, "rina", "group", "meet", 1, sheet, "--came", "1,2,3", *LATER)

    assert told_.strip() == "1"
    (row,) = told(street, "group", "list")["rows"]
    assert (row["members"], row["frozen"]) == (5, None)
    broken = tmp_path / "rusak.csv"
    broken.write_text("2;banyak;sekali;kolom\n")
    bad = street("--as", "rina", "group", "meet", "1", str(broken), "--came", "all")
    assert bad.status == 2
    by(street, "budi", "group", "freeze", 1, "--note", "ribut", *LATER)
    by(street, "budi", "group", "freeze", 1, "--note", "damai", "--lift", *LATER)
    by(street, "dewi", "group", "leave", 1, 5, "--note", "pindah", *LATER)
    by(street, "dewi", "group", "join", 1, 5, *LATER)


def test_a_list_goes_out_and_comes_back_from_a_file(
    street: Run, tmp_path: Path
) -> None:
    made = by(street, "dewi", "loan", "make-list", "--by", "2022-02-10", *LATER)
    assert made.strip() == "1"
    (row,) = told(street, "loan", "list", 1)["rows"]
    back = tmp_path / "kembali.csv"
    back.write_text(f"loan;amount\n{row['loan']};50.000\n")
    about = ("--collector", "Dewi", "--field-cash", "--key", "list-1", *LATER)
    wrong = street(
        *("--as", "rina", "loan", "key-in", "1", str(back), "--control", "5.000"),
        *about,
    )
    assert wrong.status == 1
    first, again = (
        by(street, "rina", "loan", "key-in", 1, back, "--control", "50.000", *about)
        for _ in range(2)
    )
    assert first == again
    assert told(street, "loan", "list", 1)["totals"]["control"] == 50_000
    twice = tmp_path / "dua.csv"
    twice.write_text(f"{row['loan']},5\n{row['loan']},6\n")
    bad = street(
        *("--as", "rina", "loan", "key-in", "1", str(twice), "--control", "11"), *about
    )
    assert bad.status == 2
    moved = by(street, "budi", "loan", "hand-over", "dewi", "budi", *LATER)
    assert "1" in moved
    quoted = told(street, "loan", "quote", 1, "--until", "2022-02-10", *LATER)["rows"]
    assert quoted[0]["amount"] <= quoted[1]["amount"]


def test_chosen_due_days_are_a_loans_own(street: Run) -> None:
    asked = ("loan", "apply", 3, "productive", "900.000", "--months", 2)
    days = ("--due", "2022-04-20", "--due", "2022-08-30")
    by(street, "dewi", *asked, "--purpose", "panen", *days, *DAY)
    agreed(street)
    by(street, "rina", "loan", "disburse", 2, *DAY)
    rows = told(street, "loan", "show", 2)["rows"]
    assert [row["due_on"] for row in rows] == ["2022-04-20", "2022-08-30"]
