"""One entry takes in many payments, and each loan sees its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import ledger, loans, rounds, savings
from coopbook.ledger.rules import Channel, VoucherKind
from coopbook.loans import LoanState
from coopbook.loans import rules as loan_rules
from coopbook.money import ZERO, Money
from coopbook.rounds import Taking
from coopbook.savings.rules import MembersOnly
from tests.coopbook.rounds.neighbours import (
    day,
    furnish_street,
    lend,
    voluntary_of,
    whole,
)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


@pytest.fixture
def street(village):
    return furnish_street(village)


def entries(book):
    return ledger.entries(book, limit=200).rows


def test_what_is_more_than_due_goes_into_savings_in_the_same_entry(village, street):
    loan, account = lend(village, street[0]), voluntary_of(village, street[0])
    first = loans.schedule_of(village, loan)[0]
    before = len(entries(village))

    entry = rounds.repay_and_save(
        *(village, loan, first.total + Money(75_000), account), on=first.due_on
    )

    assert len(entries(village)) == before + 1
    assert savings.balance(village, account) == Money(75_000)
    assert loans.due_on(village, loan, first.due_on) == ZERO
    (paid,) = loans.payments(village, loan)
    assert (paid.entry_number, paid.total) == (entry.number, first.total)
    assert entry.kind is VoucherKind.BKM


def test_less_than_due_saves_nothing(village, street):
    loan, account = lend(village, street[0]), voluntary_of(village, street[0])
    first = loans.schedule_of(village, loan)[0]

    rounds.repay_and_save(village, loan, Money(50_000), account, on=first.due_on)

    assert savings.balance(village, account) == ZERO
    assert loans.payments(village, loan)[0].total == Money(50_000)


def test_by_transfer_the_money_is_at_the_bank(village, street):
    loan, account = lend(village, street[0]), voluntary_of(village, street[0])
    on = loans.schedule_of(village, loan)[0].due_on

    entry = rounds.repay_and_save(
        *(village, loan, Money(500_000), account),
        on=on,
        channel=Channel.BANK,
        payer="Sari di Hong Kong",
        reference="WU-9",
    )

    assert entry.kind is VoucherKind.BBM
    assert entry.lines[0].account_number == 11201


def test_a_neighbours_savings_are_not_filled_and_nothing_due_is_a_deposit(
    village, street
):
    loan = lend(village, street[0])
    before = len(entries(village))
    with pytest.raises(rounds.AnothersSavings):
        rounds.repay_and_save(
            *(village, loan, Money(500_000), voluntary_of(village, street[1])),
            on=day(60),
        )
    with pytest.raises(rounds.NothingDue):
        rounds.repay_and_save(
            *(village, loan, Money(500_000), voluntary_of(village, street[0])),
            on=day(3),
        )
    assert len(entries(village)) == before


def test_a_reversal_takes_both_back(village, street):
    loan, account = lend(village, street[0]), voluntary_of(village, street[0])
    first = loans.schedule_of(village, loan)[0]
    entry = rounds.repay_and_save(
        *(village, loan, first.total + Money(75_000), account), on=first.due_on
    )

    ledger.reverse(village, entry, on=first.due_on, reason="salah hitung")

    assert savings.balance(village, account) == ZERO
    assert loans.due_on(village, loan, first.due_on) == first.total


def test_a_round_pays_each_as_if_alone(village, street):
    """Four neighbours on one sheet, against four twins who each come to the counter."""
    twins = furnish_street(village, names=("Ida", "Nia", "Rini", "Sri"))
    lent = [lend(village, who) for who in (*street, *twins)]
    on = loans.schedule_of(village, lent[0])[1].due_on + timedelta(days=9)
    sums = (100_000, 250_000, 700_000, 1_400_000)
    paid = [
        min(Money(units), loans.payoff(village, loan, on).total)
        for units, loan in zip(sums, lent, strict=False)
    ]

    rounds.take(
        village,
        [Taking(loan, sum_) for loan, sum_ in zip(lent, paid, strict=False)],
        on=on,
        memo="Angsuran Krajan",
    )
    for loan, sum_ in zip(lent[4:], paid, strict=True):
        loans.repay(village, loan, sum_, on=on)

    for together, alone in zip(lent[:4], lent[4:], strict=True):
        (one,), (other,) = (loans.payments(village, each) for each in (together, alone))
        assert (one.penalty, one.interest, one.principal) == (
            *(other.penalty, other.interest, other.principal),
        )
        assert together.state is alone.state
    assert any(one.penalty for one in loans.payments(village, lent[0]))


def test_a_round_entered_late_allocates_later_payments_again(village, street):
    lent = [lend(village, who) for who in street]
    rows = loans.schedule_of(village, lent[0])
    for loan in lent:
        loans.repay(village, loan, Money(200_000), on=rows[1].due_on)

    entry = rounds.take(
        village,
        [Taking(loan, rows[0].total) for loan in lent],
        on=rows[0].due_on,
        memo="Angsuran Krajan",
    )

    again = loans.corrections_for(village, entry)
    assert {one.loan_number for one in again} <= {loan.number for loan in lent}
    assert again
    ledger.reverse(village, entry, on=rows[1].due_on, reason="lembar salah")
    for loan in lent:
        assert [p.reversed_by is None for p in loans.payments(village, loan)] == [
            *(False, True),
        ]


def test_a_round_that_ends_loans_settles_them_and_its_reversal_opens_them(
    village, street
):
    lent = [lend(village, who, 300_000, code="emergency", term=2) for who in street]
    on = day(20)
    entry = rounds.take(
        village,
        [Taking(loan, loans.payoff(village, loan, on).total) for loan in lent],
        on=on,
        memo="Lunas",
    )
    assert {loan.state for loan in lent} == {LoanState.SETTLED}

    ledger.reverse(village, entry, on=on, reason="bukan hari ini")

    assert {loan.state for loan in lent} == {LoanState.DISBURSED}


def test_one_refused_row_posts_nothing(village, street):
    lent = [lend(village, who) for who in street]
    before = len(entries(village))
    on = day(40)
    for takings, refusal in (
        ([], rounds.NothingBrought),
        ([Taking(lent[0], ZERO)], rounds.NothingBrought),
        ([Taking(lent[0], Money(1)), Taking(lent[0], Money(2))], rounds.LoanTwice),
        (
            [Taking(lent[0], Money(50_000)), Taking(lent[1], Money(99_000_000))],
            loan_rules.MoreThanOwed,
        ),
    ):
        with pytest.raises(refusal):
            rounds.take(village, takings, on=on, memo="x")
    account = voluntary_of(village, street[0])
    with pytest.raises(rounds.AccountTwice):
        rounds.take(
            village,
            [Taking(account=account, saved=Money(5))] * 2,
            on=on,
            memo="x",
        )
    share = savings.accounts_of(village, street[0], on=day(0))[0].account
    with pytest.raises(savings.NotOnARound):
        rounds.take(village, [Taking(account=share, saved=Money(5))], on=on, memo="x")
    assert len(entries(village)) == before


def test_who_is_no_member_yet_saves_nothing_on_a_round(village, street):
    from coopbook import members

    ani = members.member(village, 2)
    account = savings.open_account(village, ani, savings.product(village, "mandatory"))
    with pytest.raises(MembersOnly):
        rounds.take(
            village, [Taking(account=account, saved=Money(5))], on=day(1), memo="x"
        )
