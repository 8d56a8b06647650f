from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select, text

from coopbook import ledger, members, savings
from coopbook.errors import CoopbookError
from coopbook.importing import altered_batches
from coopbook.importing.model import ImportBatch, ImportRow
from coopbook.importing.queries import preview
from coopbook.importing.rules import (
    FloorBroken,
    OpeningDiffers,
    PreviewOutdated,
    PrincipalMissing,
    PrincipalTooMuch,
    RepeatedPrincipal,
    RulesBroken,
    StaysInside,
)
from coopbook.importing.service import bring_in, post_import
from coopbook.ledger import chart
from coopbook.ledger.model import Line
from coopbook.ledger.rules import BeforeFirstDay, PeriodClosed
from coopbook.money import ZERO, Money
from coopbook.verification import verify

from .conftest import bank_sheet, savings_sheet, table, workbook

DAY = date(2022, 1, 4)
LATER = date(2022, 2, 10)
END = date(2022, 12, 31)
MEMBER = [(DAY, 10, "pokok", "setor", 100_000)]


def lines(book):
    """Return every line of the book in the order it was written."""
    rows = book.session.scalars(
        select(Line)
        .where(Line.cooperative_id == book.cooperative_id)
        .order_by(Line.entry_number, Line.number)
    )
    return [
        (row.account_number, row.card_number, row.debit.units - row.credit.units)
        for row in rows
    ]


def held(book, number):
    return ledger.account_balance(book, number)


def head(coop):
    with coop.read() as book:
        return preview(book, "savings", savings_sheet(*MEMBER)).record


def test_each_row_becomes_an_entry_in_the_order_of_the_file(old):
    sheet = savings_sheet(
        (LATER, 10, "sukarela", "setor", 75_000),
        (DAY, 10, "pokok", "setor", 100_000),
        (LATER, 10, "sukarela", "tarik", 60_000),
        (LATER, 10, "shu", "debit", 5_000),
    )

    with old.open() as book:
        batch = bring_in(book, "savings", sheet)

        (siti,) = members.register(book)
        voluntary, principal = (
            savings.queries.account_for(book, siti, code).number
            for code in ("voluntary", "principal")
        )
        assert lines(book) == [
            *((11903, 0, 75_000), (21101, voluntary, -75_000)),
            *((11903, 0, 100_000), (31001, principal, -100_000)),
            *((21101, voluntary, 60_000), (21901, 0, -60_000)),
            *((11903, 0, 5_000), (21405, siti.number, -5_000)),
        ]
        assert (batch.rows_in_file, batch.rows_posted, batch.breaks) == (4, 4, 0)
        assert batch.last_entry - batch.first_entry == 3
        entries = ledger.entries(book).rows
        assert {entry.source for entry in entries} == {"import.savings"}
        assert entries[0].memo == "Setoran SHU 0001"
        assert [entry.booked_on for entry in entries][-2:] == [DAY, LATER]


def test_members_are_admitted_once_and_known_by_their_old_number(old):
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER))
        bring_in(
            book, "savings", savings_sheet((LATER, "10", "wajib", "setor", 25_000))
        )

        (siti,) = members.register(book)
        assert (siti.reference, siti.status.value, siti.active_on) == (
            *("10", "active", DAY),
        )
        assert siti.name == "Anggota 10"
        codes = {each.product.code for each in savings.accounts_of(book, siti)}
        assert codes == {"principal", "mandatory"}


def test_a_member_is_recognised_by_our_number_only_with_the_same_name(old):
    heads = ("Tanggal", "No Anggota", "Nama", "Simpanan", "Setoran", "Penarikan")
    with old.open() as book:
        members.admit(book, "Siti Aminah", on=DAY)
        members.admit(book, "Ani Lestari", on=DAY)

        bring_in(
            book,
            "savings",
            workbook(
                heads,
                (DAY, 1, "SITI AMINAH", "pokok", 100_000, ""),
                (DAY, 2, "Somebody Else", "pokok", 100_000, ""),
            ),
        )

        assert [
            (member.number, member.name, member.status.value)
            for member in members.register(book)
        ] == [
            (1, "Siti Aminah", "active"),
            (2, "Ani Lestari", "prospective"),
            (3, "Somebody Else", "active"),
        ]


def test_the_same_file_again_posts_nothing(old):
    sheet = savings_sheet(*MEMBER, (LATER, 10, "sukarela", "setor", 5_000))
    with old.open() as book:
        bring_in(book, "savings", sheet)
        before = lines(book)

    with old.open() as book:
        again = preview(book, "savings", sheet)

        assert (again.fresh, again.already, again.breaks) == ((), 2, ())
        assert bring_in(book, "savings", sheet) is None
        assert lines(book) == before


def test_an_overlapping_file_posts_what_the_first_did_not_have(old):
    same = (LATER, 10, "sukarela", "setor", 5_000)
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER, same, same))

        batch = bring_in(
            book,
            "savings",
            savings_sheet(*[same] * 3, (LATER, 10, "wajib", "setor", 1)),
        )

        assert batch.rows_posted == 2
        assert held(book, 21101) == Money(15_000)
        assert held(book, 31002) == Money(1)


def test_the_twin_has_the_same_row_and_it_is_posted_here_all_the_same(old):
    rows = [(DAY, 10 * n, "pokok", "setor", 1_000_000) for n in (1, 2)]
    rows += [(DAY, 10, "sukarela", "setor", 500_000)]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows), accept="as it was")

        assert batch.rows_posted == 3
        assert held(book, 31001) == Money(2_000_000)


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


@pytest.mark.parametrize(
    ("fraction", "account", "left"), [(0.4, 43006, 1), (0.6, 52026, -1)]
)
def test_what_rounding_leaves_is_one_last_entry(old, fraction, account, left):
    rows = [(DAY, n, "pokok", "setor", 100_000) for n in (10, 20, 30)]
    rows += [(DAY, n, "shu", "setor", 100 + fraction) for n in (10, 20, 30)]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows))

        cards = held(book, 21405) + held(book, 31001)
        other = held(book, 11903) - held(book, 21901)
        exact = 300_300 + round(3 * fraction, 1)
        assert batch.sheet_total == f"{exact:.1f}"
        assert batch.lines_total == cards
        assert batch.rounding == Money(left)
        assert other == cards + batch.rounding == Money(round(exact))
        assert abs(held(book, account)) == Money(1)
        (last,) = ledger.entries(book, limit=1).rows
        assert last.memo == "Selisih pembulatan impor"
        assert len(ledger.entries(book, limit=50).rows) == 7


def test_a_row_of_less_than_half_a_rupiah_is_in_the_rounding_entry(old):
    rows = [*MEMBER, *[(DAY, 10, "shu", "setor", 0.3)] * 3]

    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*rows))

        assert batch.rounding == Money(1)
        assert batch.rows_posted == 4
        assert held(book, 43006) == Money(1)
        assert bring_in(book, "savings", savings_sheet(*rows)) is None


WRONG = {
    "empty": (b"", "This file is empty. Choose the file that holds the rows."),
    "no spreadsheet": (
        b"%PDF-1.7",
        "This file is not a spreadsheet that can be read here. "
        "Save it as .xlsx or .csv and choose it again.",
    ),
    "column missing": (
        table(("Tanggal", "No Anggota", "Jenis Simpanan", "Jumlah"), (1, 2, 3, 4)),
        "The column “paid in or taken out” was not found. "
        "Head it “Jenis Transaksi” and try again.",
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


def test_sent_twice_under_one_key_it_is_done_once(old):
    sheet = savings_sheet(*MEMBER)
    with old.open() as book:
        first = book.once("form-7", bring_in, "savings", sheet)
        again = book.once("form-7", bring_in, "savings", sheet)

        assert again is first
        assert isinstance(again, ImportBatch)
        assert len(lines(book)) == 2


def test_reversing_an_imported_share_makes_a_candidate_again(old):
    with old.open() as book:
        batch = bring_in(book, "savings", savings_sheet(*MEMBER))
        ledger.reverse(
            book, ledger.entry(book, batch.first_entry), on=LATER, reason="salah"
        )

        assert members.member(book, 1).status.value == "prospective"


def test_rows_kept_of_a_batch_are_sealed_by_its_event(old):
    with old.open() as book:
        bring_in(book, "savings", savings_sheet(*MEMBER))
        assert altered_batches(book.session.connection(), book.cooperative_id) == []
        (row,) = book.session.scalars(
            select(ImportRow).where(ImportRow.cooperative_id == book.cooperative_id)
        )

        book.session.execute(
            text("UPDATE import_row SET row_number = 3 WHERE identity = :it"),
            {"it": row.identity},
        )

        assert altered_batches(book.session.connection(), book.cooperative_id) == [1]


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


def test_the_real_bank_book_comes_in_to_the_rupiah(old, real):
    data = (real / "mutasi_giro_jan2017.xlsx").read_bytes()
    with old.open() as book:
        batch = bring_in(book, "bank-book", data)

        assert (batch.rows_in_file, batch.rows_posted, batch.rounding) == (63, 63, ZERO)
        assert held(book, chart.BANK) == Money(164_641_269)
        assert held(book, 21901) == Money(343_423_588 + 722_619_169)
        assert held(book, 11903) == Money(901_401_488)
        assert ledger.account_balance(
            book, chart.BANK, as_of=date(2017, 1, 2)
        ) == Money(343_423_588)
        assert bring_in(book, "bank-book", data) is None


def test_the_real_savings_come_in_with_total_cards_and_rounding(old, real):
    data = (real / "simpanan_transaksi.xlsx").read_bytes()
    with old.open() as book:
        looked = preview(book, "savings", data)

    assert Counter(type(problem.reason) for problem in looked.breaks) == {
        RepeatedPrincipal: 24,
        PrincipalMissing: 13,
        PrincipalTooMuch: 3,
        FloorBroken: 1,
    }
    (below,) = (p for p in looked.breaks if type(p.reason) is FloorBroken)
    assert below.reason.facts["left"] == Money(-1_950_000)
    assert below.reason.facts["on"] == date(2022, 7, 21)
    with pytest.raises(RulesBroken) as refusal, old.open() as book:
        post_import(book, looked)
    assert refusal.value.count == 41

    with old.open() as book:
        batch = post_import(book, looked, accept="kept under the old by-laws")

        assert (batch.rows_in_file, batch.rows_posted) == (4_517, 4_517)
        assert batch.sheet_total == "1969282975.669936810291"
        assert batch.lines_total == Money(1_969_282_977)
        assert batch.rounding == Money(-1)
        balances = {row.code: row for row in ledger.trial_balance(book, END)}
        assert {code: row.credit.units for code, row in balances.items()} == {
            "11903": 0,
            "21101": 188_965_000 - 46_500_000,
            "21405": 41_307_977,
            "21901": 46_500_001,
            "31001": 37_125_000,
            "31002": 1_748_385_000,
            "52026": 0,
        }
        assert balances["52026"].debit == Money(1)
        other = balances["11903"].debit - balances["21901"].credit
        assert other == batch.lines_total + batch.rounding == Money(1_969_282_976)
        assert sum(members.counts(book).values()) == 375
        assert altered_batches(book.session.connection(), book.cooperative_id) == []
        assert bring_in(book, "savings", data, accept="again") is None
