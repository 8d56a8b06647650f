"""Statements are taken in once, matched, posted; matches are undone and not deleted."""

from __future__ import annotations

import random
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from coopbook import bankstatements, ledger
from coopbook.bankstatements import refusals
from coopbook.bankstatements.matching import Why
from coopbook.bankstatements.model import BankMatch, How, MatchedBankLine
from coopbook.chain.findings import Wrong
from coopbook.ledger import chart
from coopbook.ledger.model import Line
from coopbook.money import ZERO, Money
from coopbook.people import Approval
from coopbook.verification import verify
from coopbook.verification.banked import check_bank
from tests.conftest import TODAY, VAULT, found

from .conftest import BANK, bank_file, march, moved, taken


def test_a_statement_is_kept_with_its_lines_and_posts_nothing(book):
    before = book.number
    row = taken(book, (2, 500, "setoran"), (5, -20, "biaya adm"), opening=100)

    assert (row.opening, row.closing) == (Money(100), Money(580))
    assert (row.first_day, row.last_day) == (march(2), march(5))
    assert [
        (line.number, line.day.day, line.words, line.amount, line.balance)
        for line in bankstatements.lines_of_statement(book, row.number)
    ] == [
        (1, 2, "setoran", Money(500), Money(600)),
        (2, 5, "biaya adm", Money(-20), Money(580)),
    ]
    assert ledger.account_balance(book, BANK) == ZERO
    assert book.number > before


def test_the_same_file_is_refused_with_its_number(book):
    row = taken(book, (2, 500))
    with pytest.raises(refusals.SameFile) as refusal:
        taken(book, (2, 500))
    assert refusal.value.number == row.number
    with pytest.raises(refusals.SameFile):
        taken(book, (2, 500), account=11_202)


def test_days_that_are_there_are_refused_with_the_lines_that_are(book):
    row = taken(book, (2, 500, "a"), (5, 700, "b"))
    with pytest.raises(refusals.DaysThere) as refusal:
        taken(book, (5, 700, "b"), (9, 1, "c"), opening=500)
    facts = refusal.value.facts
    assert (facts["number"], facts["lines"]) == (row.number, 1)
    assert facts["which"] == "05/03/2026 b 700"
    later = taken(book, (6, 1, "c"), opening=1_200)
    assert later.closing == Money(1_201)
    other = taken(book, (5, 700, "b"), account=11_202, name="tabungan.csv")
    assert other.account_number == 11_202


def test_a_movement_the_bank_numbered_is_not_taken_in_twice(book):
    row = taken(book, (2, 500, "a", "F1"), (3, 1, "b", "F2"), ids=True)
    with pytest.raises(refusals.SameBankId) as refusal:
        taken(book, (4, 700, "b", "F2"), opening=501, ids=True)
    assert refusal.value.facts == {
        "place": "A2",
        "bank_id": "F2",
        "number": row.number,
    }
    same = taken(
        *(book, (4, 700, "b", "F2")), opening=501, ids=True, account=11_202, name="o"
    )
    assert same.number == row.number + 1


def test_statements_follow_each_other_or_one_between_is_asked_for(book):
    taken(book, (10, 500))
    with pytest.raises(refusals.StatementBetween) as refusal:
        taken(book, (12, 1), opening=400)
    assert refusal.value.ends == Money(500)
    with pytest.raises(refusals.StatementBetween):
        taken(book, (8, 1), opening=0)
    earlier = taken(book, (8, -1), (9, 1), opening=0)
    assert earlier.closing == ZERO


@pytest.mark.parametrize("account", [chart.TELLER_CASH, 11_200, 11_400, 21_101])
def test_only_bank_accounts_have_statements(book, account):
    with pytest.raises(refusals.NotABankAccount):
        taken(book, (2, 500), account=account)


def test_a_statement_of_days_to_come_is_refused(book):
    with pytest.raises(refusals.StatementToCome):
        taken(book, (TODAY.day + 1, 500))


def test_proposals_are_accepted_all_at_once_and_only_those_seen(book):
    taken(book, (3, 500), (4, 600), (5, -40), (6, 900))
    for day, amount in ((2, 500), (4, 100), (4, 200), (4, 300), (5, -40)):
        moved(book, day, amount)
    moved(book, 6, 400)
    moved(book, 6, 500)
    moved(book, 6, 1)
    found = bankstatements.proposed(book, BANK)
    assert [one.why for one in found] == [Why.ONE, Why.ONE, Why.DAY, Why.PART]
    seal = bankstatements.seal_of(found)
    with pytest.raises(refusals.ProposalsChanged):
        bankstatements.accept(book, BANK, "0" * 16, on=TODAY)

    assert bankstatements.accept(book, BANK, seal, on=TODAY) == 3

    (left,) = bankstatements.proposed(book, BANK)
    assert left.why is Why.PART
    with pytest.raises(refusals.NoProposals):
        bankstatements.accept(book, BANK, bankstatements.seal_of([left]), on=TODAY)
    bankstatements.match(book, BANK, left.bank, left.book, on=TODAY)
    assert bankstatements.free_bank_lines(book, BANK) == []
    (free,) = bankstatements.free_book_lines(book, BANK, since=march(1))
    assert free.amount == Money(1)


def test_a_match_comes_to_the_same_and_takes_each_line_once(book):
    row = taken(book, (3, 500), (4, 600))
    one, other = moved(book, 3, 500), moved(book, 4, 601)
    with pytest.raises(refusals.SumsDiffer) as refusal:
        bankstatements.match(book, BANK, [(row.number, 2)], [other], on=TODAY)
    assert refusal.value.facts == {"bank": Money(600), "book": Money(601)}
    made = bankstatements.match(book, BANK, [(row.number, 1)], [one], on=TODAY)
    for bank, lines in (([(row.number, 1)], [other]), ([(row.number, 2)], [one])):
        with pytest.raises(refusals.LineMatched) as taken_:
            bankstatements.match(book, BANK, bank, lines, on=TODAY)
        assert taken_.value.match == made.number
    with pytest.raises(refusals.NothingChosen):
        bankstatements.match(book, BANK, [(row.number, 2)] * 2, [], on=TODAY)
    with pytest.raises(refusals.NoSuchBankLine):
        bankstatements.match(book, BANK, [(row.number, 9)], [other], on=TODAY)
    with pytest.raises(refusals.NotOfThisAccount):
        bankstatements.match(book, BANK, [(row.number, 2)], [(other[0], 2)], on=TODAY)
    with pytest.raises(refusals.NotOfThisAccount):
        bankstatements.match(book, 11_202, [(row.number, 2)], [other], on=TODAY)


def test_a_match_is_undone_with_a_reason_and_its_lines_are_free_again(book):
    row = taken(book, (3, 500))
    key = moved(book, 3, 500)
    made = bankstatements.match(book, BANK, [(row.number, 1)], [key], on=TODAY)
    assert bankstatements.free_bank_lines(book, BANK) == []

    bankstatements.undo(book, made.number, on=TODAY, reason="salah pilih")

    assert len(bankstatements.free_bank_lines(book, BANK)) == 1
    with pytest.raises(refusals.NoSuchMatch):
        bankstatements.undo(book, made.number, on=TODAY, reason="lagi")
    again = bankstatements.match(book, BANK, [(row.number, 1)], [key], on=TODAY)
    assert again.number == made.number + 1


def test_rows_stand_for_good(coop):
    with coop.open() as book:
        row = taken(book, (3, 500))
        key = moved(book, 3, 500)
        bankstatements.match(book, BANK, [(row.number, 1)], [key], on=TODAY)
        bankstatements.reconcile(book, BANK, march(3), on=TODAY)
    for table in ("bank_statement", "bank_line", "bank_match", "bank_reconciliation"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET cooperative_id=1"):
            with pytest.raises(DatabaseError), coop.open() as book:
                book.session.execute(text(change))
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [one.finding for one in checks if one.finding] == []


def test_a_missing_line_is_posted_and_is_its_own_match(book):
    row = taken(book, (3, -15_000, "BIAYA ADM"), (4, 8_000, "BUNGA"), opening=50_000)
    charge = bankstatements.post_line(
        *(book, row.number, 1, 52_020), on=march(3), today=TODAY
    )
    assert charge.voucher.startswith("BBK-")
    assert charge.memo == "BIAYA ADM"
    interest = bankstatements.post_line(
        *(book, row.number, 2, 42_002),
        on=march(4),
        today=TODAY,
        tax=Money(2_000),
        memo="bunga Maret",
    )
    assert interest.voucher.startswith("BBM-")
    assert ledger.account_balance(book, 42_002) == Money(10_000)
    assert ledger.account_balance(book, 55_001) == Money(2_000)
    assert bankstatements.free_bank_lines(book, BANK) == []
    matched = bankstatements.matches_of(book, row.number, [1, 2])
    assert matched[1].vouchers == ((charge.number, charge.voucher),)
    with pytest.raises(refusals.LineMatched):
        bankstatements.post_line(
            *(book, row.number, 1, 52_020), on=march(3), today=TODAY
        )


def test_money_above_the_limit_that_left_asks_a_second_person(book):
    row = taken(book, (3, -900_000_000), opening=900_000_000)
    moved(book, 2, 900_000_000)
    asked = bankstatements.post_line(
        *(book, row.number, 1, 52_027), on=march(3), today=TODAY
    )
    assert isinstance(asked, Approval)
    assert len(bankstatements.free_bank_lines(book, BANK)) == 1


def test_what_is_reversed_is_paired_with_its_reversal(book):
    taken(book, (3, 500))
    entry, _ = moved(book, 2, 500)
    ledger.reverse(book, ledger.entry(book, entry), on=march(3), reason="salah hari")
    moved(book, 3, 500)
    found = bankstatements.proposed(book, BANK)
    assert [one.why for one in found] == [Why.BACK, Why.ONE]
    bankstatements.accept(book, BANK, bankstatements.seal_of(found), on=TODAY)
    assert bankstatements.free_book_lines(book, BANK, since=march(1)) == []


def test_the_twin_sees_nothing_of_it(coop):
    with coop.open() as book:
        taken(book, (3, 500))
    twin = found(coop.engine, 10)
    with twin.open() as other:
        assert bankstatements.statements(other, BANK) == []
        row = bankstatements.bring_in(
            other, BANK, bank_file((3, 500)), on=date(2026, 3, 16)
        )
        assert row.number == 1


def test_any_order_of_lines_in_a_match_is_the_same(book):
    row = taken(book, (3, 600))
    keys = [moved(book, 3, amount) for amount in (100, 200, 300)]
    random.Random(4).shuffle(keys)
    bankstatements.match(book, BANK, [(row.number, 1)], keys, on=TODAY)
    assert bankstatements.free_book_lines(book, BANK, since=march(1)) == []


def test_a_line_in_two_matches_and_one_that_comes_to_another_sum_are_told(coop):
    """The desk refuses both; a book in which they stand all the same is not whole."""
    with coop.open() as book:
        taken(book, (2, 500, "a"), (3, 700, "b"))
        for day, units in ((2, 500), (3, 700)):
            moved(book, day, units)
        keys = [
            (line.entry_number, line.number)
            for line in book.session.scalars(
                select(Line)
                .where(Line.account_number == BANK)
                .order_by(Line.entry_number)
            )
        ]
        first = bankstatements.match(book, BANK, [(1, 1)], keys[:1], on=TODAY)
        assert bank_finding(coop, book) is None
        double = BankMatch(
            cooperative_id=book.cooperative_id,
            number=first.number + 1,
            account_number=BANK,
            how=How.CHOSEN,
            matched_on=TODAY,
            matched_by="rina",
        )
        book.session.add(double)
        book.session.flush()
        for line in (1, 2):
            book.session.add(
                MatchedBankLine(
                    cooperative_id=book.cooperative_id,
                    match_number=double.number,
                    statement_number=1,
                    line_number=line,
                )
            )
            book.session.flush()
            said = bank_finding(coop, book)
            assert said == "Matches %(one)s and %(other)s hold the same line."
        bankstatements.undo(book, first.number, on=TODAY, reason="salah")
        said = bank_finding(coop, book)
        assert said == "Match %(number)s holds %(bank)s of the bank and %(book)s here."


def bank_finding(coop, book):
    """Return what the check of the bank finds in a book that is open."""
    try:
        check_bank(book.session.connection(), coop.number)
    except Wrong as wrong:
        return wrong.finding.sentence
    return None
