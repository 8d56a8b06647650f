from datetime import date

import pytest

from coopbook import ledger
from coopbook.importing.queries import preview
from coopbook.importing.rules import (
    OpeningDiffers,
    RulesBroken,
)
from coopbook.importing.service import bring_in, post_import
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.verification import verify

from .conftest import DAY, LATER, MEMBER, bank_sheet, held, lines, savings_sheet

JANUARY = [
    ("SALDO AWAL", "", "", "", 500),
    (date(2017, 1, 3), "setoran", 100, "", 600),
    (date(2017, 1, 20), "biaya", "", 30, 570),
]


def test_a_bank_book_opens_the_account_and_follows_it(old):
    with old.open() as book:
        looked = preview(book, "bank-book", bank_sheet(*JANUARY))
        assert (looked.opening.amount, looked.opening.on) == (500, date(2017, 1, 2))
        post_import(book, looked)

        assert lines(book) == [
            *((11201, 0, 500), (21901, 0, -500)),
            *((11201, 0, 100), (21901, 0, -100)),
            *((11903, 0, 30), (11201, 0, -30)),
        ]
        kinds = [entry.kind.value for entry in ledger.entries(book).rows]
        assert kinds == ["BBK", "BBM", "BM"]
        assert bring_in(book, "bank-book", bank_sheet(*JANUARY)) is None


def test_the_next_month_begins_where_the_book_stands(old):
    february = [
        ("SALDO AWAL", "", "", "", 570),
        (date(2017, 2, 1), "setoran", 10, "", 580),
    ]
    with old.open() as book:
        bring_in(book, "bank-book", bank_sheet(*JANUARY))

        assert preview(book, "bank-book", bank_sheet(*february)).opening is None
        bring_in(book, "bank-book", bank_sheet(*february))
        assert held(book, chart.BANK) == Money(580)


def test_a_month_that_begins_elsewhere_breaks_a_rule(old):
    march = [("SALDO AWAL", "", "", "", 571), (date(2017, 3, 1), "bunga", 9, "", 580)]
    with old.open() as book:
        bring_in(book, "bank-book", bank_sheet(*JANUARY))

        looked = preview(book, "bank-book", bank_sheet(*march))
        (problem,) = looked.breaks
        assert type(problem.reason) is OpeningDiffers
        assert problem.reason.facts == {
            "stated": Money(571),
            "held": Money(570),
            "on": date(2017, 2, 28),
        }
        post_import(book, looked, accept="a rupiah found")
        assert held(book, chart.BANK) == Money(580)
        assert bring_in(book, "bank-book", bank_sheet(*march)) is None


def test_a_book_into_which_sheets_came_verifies(old):
    back = (date(2021, 12, 31), 10, "sukarela", "setor", 0.7)
    with old.open() as book:
        bring_in(book, "bank-book", bank_sheet(*JANUARY))
        bring_in(
            book, "savings", savings_sheet(*MEMBER, (LATER, 10, "shu", "setor", 9))
        )
        bring_in(
            book,
            "savings",
            savings_sheet((DAY, 20, "wajib", "setor", 1.5), back),
            accept="Old rows",
        )

    checks = verify(engine=old.engine, cooperative_id=old.number)

    assert [check.finding for check in checks] == [None] * len(checks)


def test_a_sheet_that_contradicts_itself_is_accepted_only_with_a_reason(old):
    rows = [*JANUARY, (date(2017, 1, 21), "setoran", 1, "", 999)]
    with pytest.raises(RulesBroken), old.open() as book:
        bring_in(book, "bank-book", bank_sheet(*rows))

    with old.open() as book:
        assert bring_in(book, "bank-book", bank_sheet(*rows), accept="torn page")
        assert held(book, chart.BANK) == Money(571)
