from datetime import date

import pytest

from coopbook import ledger, members, savings
from coopbook.errors import CoopbookError
from coopbook.importing.queries import preview
from coopbook.importing.rules import (
    FloorBroken,
    PreviewOutdated,
    PrincipalMissing,
    PrincipalTooMuch,
    RepeatedPrincipal,
    RulesBroken,
    StaysInside,
)
from coopbook.importing.service import bring_in, post_import
from coopbook.ledger.rules import BeforeFirstDay, PeriodClosed
from coopbook.money import ZERO, Money

from .conftest import DAY, LATER, MEMBER, head, savings_sheet, table

BROKEN = {
    "repeated": (
        [*MEMBER, (LATER, 10, "pokok", "setor", 5)],
        RepeatedPrincipal(3, "10", Money(100_000)),
    ),
    "too much": (
        [(DAY, 10, "pokok", "setor", 100_001)],
        PrincipalTooMuch(2, "10", Money(100_001), Money(100_000)),
    ),
    "missing": (
        [(DAY, 10, "wajib", "setor", 5)],
        PrincipalMissing(2, "10", ZERO, Money(100_000)),
    ),
    "in part": (
        [(DAY, 10, "pokok", "setor", 99_999), (DAY, 10, "wajib", "setor", 5)],
        PrincipalMissing(3, "10", Money(99_999), Money(100_000)),
    ),
    "below the floor in date order": (
        [
            *MEMBER,
            (LATER, 10, "sukarela", "setor", 60_000),
            (DAY, 10, "sukarela", "tarik", 50_000),
        ],
        FloorBroken(4, "10", Money(-50_000), DAY, Money(10_000)),
    ),
    "one below the minimum": (
        [
            *MEMBER,
            (DAY, 10, "sukarela", "setor", 60_000),
            (DAY, 10, "sukarela", "tarik", 50_001),
        ],
        FloorBroken(4, "10", Money(9_999), DAY, Money(10_000)),
    ),
    "more surplus than there is": (
        [*MEMBER, (DAY, 10, "shu", "kredit", 1)],
        FloorBroken(3, "10", Money(-1), DAY, ZERO),
    ),
    "a share taken out": (
        [*MEMBER, (LATER, 10, "pokok", "tarik", 100_000)],
        StaysInside(3, "10"),
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_row_that_breaks_a_rule_refuses_the_file_without_a_reason(old, kind):
    rows, expected = BROKEN[kind]
    before = head(old)
    with pytest.raises(RulesBroken) as refusal, old.open() as book:
        looked = preview(book, "savings", savings_sheet(*rows))
        (problem,) = looked.breaks
        assert type(problem.reason) is type(expected)
        assert problem.reason.facts == expected.facts
        post_import(book, looked, accept="  ")
    assert refusal.value.facts == {"count": 1, "row": expected.row}
    assert head(old) == before

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows), accept="The old book")

        assert (batch.accepted, batch.breaks) == ("The old book", 1)
        assert batch.rows_posted == len(rows)


def test_what_leaves_exactly_the_minimum_is_in_order(old):
    rows = [
        *MEMBER,
        (LATER, 10, "sukarela", "setor", 60_000),
        (LATER, 10, "sukarela", "tarik", 50_000),
    ]

    with old.open() as book:
        assert preview(book, "savings", savings_sheet(*rows)).breaks == ()


def test_what_the_book_pays_out_later_must_stay_covered(old):
    with old.open() as book:
        bring_in(
            book,
            "savings",
            savings_sheet(*MEMBER, (DAY, 10, "sukarela", "setor", 60_000)),
        )
        siti = members.member(book, 1)
        account = savings.queries.account_for(book, siti, "voluntary")
        savings.withdraw(
            book, account, Money(45_000), on=LATER, channel=savings.Channel.BANK
        )

        (problem,) = preview(
            book, "savings", savings_sheet((DAY, 10, "sukarela", "tarik", 10_000))
        ).breaks

    assert problem.reason.facts == {
        "row": 2,
        "member": "10",
        "left": Money(5_000),
        "on": LATER,
        "floor": Money(10_000),
    }


WRONG = {
    "empty": (b"", "This file is empty. Choose the file that holds the rows."),
    "no spreadsheet": (
        b"%PDF-1.7",
        "This file is not a spreadsheet that can be read here. "
        "Save it as .xlsx or .csv and choose it again.",
    ),
    "column missing": (
        table(("Tanggal", "Jenis Simpanan", "Jumlah"), (1, 2, 3)),
        "The column “member number” was not found. Head it “No Anggota” and try again.",
    ),
    "text in an amount": (
        savings_sheet((DAY, 10, "pokok", "setor", "seratus ribu")),
        "Cell E2: “seratus ribu” is not an amount. Write it like 1.250.000.",
    ),
    "30 February": (
        savings_sheet(("30/02/2022", 10, "pokok", "setor", 100_000)),
        "Cell A2: there is no day 30/02/2022 in the calendar.",
    ),
    "closed period": (
        savings_sheet((date(2016, 1, 31), 10, "pokok", "setor", 100_000)),
        "2016-01 is closed. Use a date in an open month,"
        " or ask two people to reopen it.",
    ),
    "before the book": (
        savings_sheet((date(2015, 12, 31), 10, "pokok", "setor", 100_000)),
        "This book begins on 2016-01-01. Use that date or a later one.",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_gets_one_sentence_and_changes_nothing(old, what):
    data, sentence = WRONG[what]
    with old.open() as book:
        ledger.close_month(book, "2016-01")
    before = head(old)

    with pytest.raises(CoopbookError) as refusal, old.open() as book:
        bring_in(book, "savings", data, accept="whatever")

    assert str(refusal.value) == sentence
    assert head(old) == before


def test_a_closed_month_cannot_be_accepted(old):
    with old.open() as book:
        ledger.close_month(book, "2016-01")
    rows = [
        (date(2015, 5, 1), 10, "pokok", "setor", 50),
        (date(2016, 1, 31), 10, "pokok", "setor", 50),
    ]

    with old.open() as book:
        looked = preview(book, "savings", savings_sheet(*rows))

        assert [(p.row, type(p.reason)) for p in looked.closed] == [
            (2, BeforeFirstDay),
            (3, PeriodClosed),
        ]


def test_an_unread_row_refuses_all_the_others(old):
    rows = [*MEMBER, (DAY, 10, "pokok", "setor", "x"), (DAY, "", "pokok", "setor", 1)]
    before = head(old)

    with pytest.raises(CoopbookError, match="Cell E3"), old.open() as book:
        looked = preview(book, "savings", savings_sheet(*rows))
        assert [problem.row for problem in looked.not_understood] == [3, 4]
        post_import(book, looked, accept="whatever")

    assert head(old) == before


def test_a_preview_is_judged_again_when_the_book_has_moved(old):
    sheet = savings_sheet((DAY, 10, "wajib", "setor", 5))
    with old.read() as book:
        looked = preview(book, "savings", sheet)
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER))

    with pytest.raises(PreviewOutdated), old.open() as book:
        post_import(book, looked, accept="whatever")
    with pytest.raises(PreviewOutdated), old.open() as book:
        bring_in(book, "savings", sheet, seen=looked.digest)

    with old.open() as book:
        fresh = preview(book, "savings", sheet)
        assert fresh.breaks == ()
        assert bring_in(book, "savings", sheet, seen=fresh.digest).rows_posted == 1
