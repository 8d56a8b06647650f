"""The real sheets of cooperatives, each posted to its own printed total."""

import json
from datetime import date
from decimal import Decimal

import pytest

from coopbook import ledger, loans, members, savings
from coopbook.importing import altered_batches
from coopbook.importing.answers import Answers, Unanswered
from coopbook.importing.borrowers import PaysTooMuch
from coopbook.importing.queries import preview
from coopbook.importing.rules import FloorBroken, PrincipalMissing, PrincipalTooMuch
from coopbook.importing.service import bring_in, post_import
from coopbook.ledger import chart
from coopbook.ledger.model import Card
from coopbook.loans.rules import LoanState
from coopbook.money import ZERO, Money

from .conftest import END, held

PAYDAY = date(2023, 1, 10)
SAID = {"shares": "principal-first", "loan_product": "consumer"}


def balance(book, *codes, as_of=None):
    """Return what accounts hold together, credit less debit."""
    rows = {row.code: row for row in ledger.trial_balance(book, as_of or PAYDAY)}
    zero = (ZERO, ZERO)
    sides = [
        (rows[c].credit, rows[c].debit) if c in rows else zero for c in map(str, codes)
    ]
    return sum((credit - debit for credit, debit in sides), ZERO)


def test_the_payroll_list_comes_in_with_its_loans(old, real):
    data = (real / "daftar_potongan_jan2023.xlsx").read_bytes()
    with old.open() as book:
        waiting = preview(book, "deductions", data)
        assert [one.key for one in waiting.questions] == [
            "on",
            "shares",
            "loan_product",
        ]
        with pytest.raises(Unanswered):
            post_import(book, waiting, accept="asked")
        answers = Answers(on=PAYDAY, said=SAID)
        looked = preview(book, "deductions", data, answers=answers)

        stated = {one.key: one.stated for one in looked.understood.figures}
        counted = {one.key: one.counted for one in looked.understood.figures}
        assert len(looked.understood.movements) == 377
        assert len({row.member for row in looked.understood.movements}) == 377
        assert counted["shares"] == stated["shares"] == 39_100_000
        assert counted["voluntary"] == stated["voluntary"] == 79_990_000
        assert counted["loan_interest"] == stated["loan_interest"] == 25_871_660
        assert counted["loan_fee"] == stated["loan_fee"] == 625_000
        for key, total in (
            ("loan_principal", "105256916.67"),
            ("loan_total", "131753576.67"),
            ("total", "250843576.67"),
        ):
            for figure in (counted[key], stated[key]):
                assert figure.quantize(Decimal("0.01")) == Decimal(total)
        assert looked.not_understood == () and looked.questions == ()

        batch = post_import(book, looked, accept="kept under the old by-laws")

        assert batch.lines_total + batch.rounding == Money(250_843_577)
        rounding = balance(book, 43006, 52026)
        assert rounding == batch.rounding
        assert balance(book, 31001, 31002) == Money(39_100_000)
        assert balance(book, 21101) == Money(79_990_000)
        assert balance(book, 41006) == Money(625_000)
        assert balance(book, 41002) == Money(25_871_660)
        opened = [
            row for row in loans.loans(book, limit=1_000) if row.migrated_on == PAYDAY
        ]
        paid = sum((part for row in opened for part in _paid(book, row)), ZERO)
        assert paid == batch.lines_total - Money(39_100_000 + 79_990_000 + 26_496_660)
        assert altered_batches(book.session.connection(), book.cooperative_id) == []
        assert (
            post_import(
                book, preview(book, "deductions", data, answers=answers), accept="again"
            )
            is None
        )


def _paid(book, loan):
    return [one.principal for one in loans.payments(book, loan)]


def test_a_loan_taken_over_from_a_list_stands_where_the_list_says(old, real):
    data = (real / "daftar_potongan_jan2023.xlsx").read_bytes()
    with old.open() as book:
        answers = Answers(on=PAYDAY, said=SAID | {"loan_rate": "1"})
        looked = preview(book, "deductions", data, answers=answers)
        post_import(book, looked, accept="kept under the old by-laws")

        taken = loans.loans(book, limit=1_000)
        (one,) = [row for row in taken if row.member.reference == "55835115-3"]
        assert (one.principal, one.term) == (Money(50_000_000), 24)
        standing = loans.standing(book, one, PAYDAY)
        assert standing.outstanding_principal == Money(25_000_000)
        states = [part.state.value for part in standing.strip]
        assert states == [*["paid"] * 12, "part", *["ahead"] * 11]
        assert standing.arrears == ZERO
        assert standing.next_due.due_on == date(2023, 2, 10)
        settled = [
            row
            for row in loans.loans(book, limit=1_000)
            if row.state is LoanState.SETTLED
        ]
        assert all(
            loans.standing(book, row, PAYDAY).outstanding_principal == ZERO
            for row in settled
        )


def test_real_withdrawals_are_dated_by_a_person_and_equal_rows_are_both_real(old, real):
    data = (real / "penarikan_tunai.xlsx").read_bytes()
    day = date(2022, 12, 10)
    with old.open() as book:
        waiting = preview(book, "savings", data)
        assert [one.key for one in waiting.questions] == ["on", "pot", "way"]
        assert waiting.questions[2].suggested == "out"
        answers = Answers(on=day, said={"pot": "voluntary", "way": "out"})
        looked = preview(book, "savings", data, answers=answers)
        rows = looked.understood.movements
        assert len(rows) == 120
        assert len({row.content() for row in rows}) == 119
        assert looked.posting.exact == -59_200_000
        kinds = {type(problem.reason) for problem in looked.breaks}
        assert kinds == {FloorBroken, PrincipalMissing}

        batch = post_import(book, looked, accept="balances follow from the old book")

        assert (batch.rows_posted, batch.lines_total, batch.rounding) == (
            *(120, Money(-59_200_000)), ZERO,
        )  # fmt: skip
        assert held(book, chart.VOLUNTARY) == Money(-59_200_000)
        assert (
            bring_in(book, "savings", data, accept="x", answers=answers.to_json())
            is None
        )
        assert day < END


def test_forty_real_cards_come_in_and_hold_what_they_say(old, real):
    data = (real / "kartu_anggota.xlsx").read_bytes()
    expected = json.loads((real / "kartu_anggota.expected.json").read_text())
    totals = expected["totals"]
    said = {"loan_product": "consumer", "loan_term": "24"}
    with old.open() as book:
        waiting = preview(book, "cards", data)
        assert {one.key for one in waiting.questions} == {"loan_product", "loan_term"}
        looked = preview(book, "cards", data, answers=Answers(said=said))
        cards = (looked.understood.proposal, *looked.understood.others)
        counted = {one.key: one.counted for one in looked.understood.figures}
        assert len(cards) == expected["cards"] == 40
        assert counted["principal"] == Decimal(str(totals["pokok"]))
        assert counted["mandatory"] == Decimal(str(totals["wajib"]))
        assert counted["voluntary"] == Decimal(str(totals["manasuka"]))
        assert counted["savings"] == Decimal("132746816.75")
        cent = Decimal("0.01")
        assert counted["outstanding"].quantize(cent) == Decimal("61710000.01")
        assert looked.not_understood == ()
        assert looked.understood.breaks == ()
        kinds = {type(one.reason) for one in looked.breaks}
        assert kinds == {PaysTooMuch, PrincipalMissing, PrincipalTooMuch}
        begun = sum(row.memo == "Saldo awal" for row in looked.understood.movements)
        rows = len(looked.understood.movements)
        assert (begun, rows - begun) == (36, totals["moves"])

        batch = post_import(book, looked, accept="kept under the old by-laws")

        saved = balance(book, 31001, 31002, 21101, as_of=END2023)
        lent = -balance(book, 11402, 21401, as_of=END2023)
        exact = Decimal(batch.sheet_total)
        assert batch.lines_total + batch.rounding == looked.posting.total
        assert abs(saved.units - Decimal("132746816.75")) < 40
        assert abs(lent.units - Decimal("61710000.01")) < 40
        gained = balance(book, 43006, 52026, as_of=END2023)
        assert gained == batch.rounding
        assert exact == looked.posting.exact
        for card in expected["per_card"]:
            _holds(book, card)
        assert (
            post_import(
                book,
                preview(book, "cards", data, answers=Answers(said=said)),
                accept="x",
            )
            is None
        )


END2023 = date(2023, 12, 31)


def _holds(book, card):
    """Compare a member's cards with what the old system says of them."""
    found = [
        row for row in members.register(book, limit=99) if row.name == card["name"]
    ]
    if not found:
        assert abs(card["simpanan"]) + abs(card["saldo_pinjaman"]) < 1, card["name"]
        return
    (member,) = found
    for code, key in (
        ("principal", "pokok"), ("mandatory", "wajib"), ("voluntary", "manasuka"),
    ):  # fmt: skip
        account = savings.queries.account_for(book, member, code)
        held = ZERO if account is None else ledger.card_balance(book, *account.card)
        assert abs(held.units - Decimal(str(card[key]))) <= 1, (card["name"], key)
    cards = [loan.card for loan in loans.loans_of(book, member)]
    owed = sum((ledger.card_balance(book, *each) for each in cards), ZERO)
    if book.get(Card, chart.OVERPAID, member.number) is not None:
        owed -= ledger.card_balance(book, chart.OVERPAID, member.number)
    # each row is rounded by itself: half a rupiah a row, at most five rows a loan
    assert abs(owed.units - Decimal(str(card["saldo_pinjaman"]))) < 3, card["name"]


def test_the_real_bank_book_in_another_shape_posts_nothing_twice(old, real):
    first = (real / "mutasi_giro_jan2017.xlsx").read_bytes()
    second = (real / "mutasi_giro_jan2017_cetak.xls").read_bytes()
    with old.open() as book:
        batch = bring_in(book, "bank-book", first)
        assert (batch.rows_posted, batch.rounding) == (63, ZERO)
        assert held(book, chart.BANK) == Money(164_641_269)
        looked = preview(book, "bank-book", second)
        assert (looked.already, looked.fresh, looked.opening) == (63, (), None)
        assert looked.understood.opening == 343_423_588
        (noticed,) = looked.notes
        assert noticed.reason.said == "9961102102360"
        assert noticed.reason.kept == batch.subject != noticed.reason.said
        assert bring_in(book, "bank-book", second) is None
        assert held(book, chart.BANK) == Money(164_641_269)


def test_the_printed_bank_book_comes_in_by_itself(old, real):
    data = (real / "mutasi_giro_jan2017_cetak.xls").read_bytes()
    with old.open() as book:
        batch = bring_in(book, "bank-book", data)
        assert (batch.rows_posted, batch.rounding) == (63, ZERO)
        assert batch.lines_total == Money(164_641_269)
        assert held(book, chart.BANK) == Money(164_641_269)
