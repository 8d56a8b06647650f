import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.files.reading import Sheet, Workbook, read
from coopbook.importing.kinds.bank_book import BalanceDiffers, understand
from coopbook.importing.understood import exact

from .conftest import workbook

HEADS = ["Tanggal", "Uraian", "Debet", "Kredit", "Saldo"]
DAY = date(2017, 1, 3)


def book(*rows, opening=None):
    first = [] if opening is None else [["SALDO AWAL", "", "", "", opening]]
    return understand(Workbook([Sheet("", [HEADS, *first, *map(list, rows)])]))


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(-(10**8), 10**8).filter(bool), min_size=1, max_size=20),
    st.booleans(),
)
def test_the_running_balance_tells_who_wrote_the_book(opening, moves, by_the_bank):
    rows, balance = [], opening
    for move in moves:
        balance += move
        left = (move > 0) is not by_the_bank
        debit, credit = (abs(move), "") if left else ("", abs(move))
        rows.append((DAY, "mutasi", debit, credit, balance))

    found = book(*rows, opening=opening)

    assert found.breaks == found.not_understood == ()
    assert [movement.amount for movement in found.movements] == moves
    assert found.opening == opening


def test_without_an_opening_row_the_first_balance_says_it():
    found = book((DAY, "setoran", 100, 0, 350), (DAY, "biaya", 0, 50, 300))

    assert found.opening == 250
    assert found.breaks == ()


def test_a_balance_that_does_not_follow_is_named_once():
    found = book(
        (DAY, "setoran", 100, 0, 200),
        (DAY, "setoran", 100, 0, 310),
        (DAY, "setoran", 100, 0, 410),
        opening=100,
    )

    (problem,) = found.breaks
    assert problem.row == 4
    assert type(problem.reason) is BalanceDiffers
    assert problem.reason.facts == {
        "cell": "E4",
        "stated": Decimal(310),
        "counted": Decimal(300),
    }


def test_the_real_bank_book_follows_on_every_row(real):
    expected = json.loads((real / "expected.json").read_text())
    expected = expected["mutasi_giro_jan2017.xlsx"]

    found = understand(read(real / "mutasi_giro_jan2017.xlsx"))

    assert found.breaks == found.not_understood == ()
    assert len(found.movements) == expected["rows"] == 63
    assert found.opening == expected["saldo_awal"]
    received = sum(m.amount for m in found.movements if m.amount > 0)
    paid = -sum(m.amount for m in found.movements if m.amount < 0)
    assert (received, paid) == (expected["debet"], expected["kredit"])
    assert found.opening + received - paid == expected["saldo_akhir"] == 164_641_269
    assert {f.key: exact(f.stated) for f in found.figures} == {
        "cash_debit": "0",
        "cash_credit": "0",
        "memorial_debit": "722619169",
        "memorial_credit": "901401488",
    }
    assert [m.row for m in found.movements] == list(range(5, 68))


def test_the_real_bank_book_reads_the_same_once_written_anew(real):
    (sheet,) = read(real / "mutasi_giro_jan2017.xlsx").sheets

    again = read(workbook(*sheet.rows))

    assert understand(again).movements == understand(Workbook([sheet])).movements
