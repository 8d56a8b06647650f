"""Guarantors with held savings, collateral with its papers, and the cover they give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import deposits, ledger, loans, members, savings, security
from coopbook.ledger.rules import NotAnAmount, ReasonNeeded
from coopbook.loans import LoanState
from coopbook.money import ZERO, Money, Rate
from coopbook.savings.holding import NotSoMuchToHold
from coopbook.savings.rules import HeldBack
from coopbook.security import CollateralKind, rules
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import (
    approve,
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


def asked(book, who, amount=1_200_000, code="productive", **more):
    with as_(book, "dewi"):
        return loans.apply(
            *(book, who, loans.product(book, code), Money(amount)),
            term=more.pop("term", 12),
            purpose="modal",
            on=FIRST_DAY,
            **more,
        )


def saved(book, who, units):
    account = voluntary_of(book, who)
    savings.deposit(book, account, Money(units), on=FIRST_DAY)
    return account


def guaranteed(book, loan, who, units=300_000, **more):
    about = {"on": FIRST_DAY, "relation": "tetangga", "member": who}
    return security.guarantee(book, loan, Money(units), **{**about, **more})


def pledged(book, loan, units=5_000_000, **more):
    about = {
        "kind": CollateralKind.VEHICLE,
        "description": "Honda Beat 2019",
        "document": "BPKB N-01234567",
        "owner": "Wati",
        "relation": "sendiri",
        "value": Money(units),
        "appraised_by": "Dewi",
        "kept_where": "Lemari besi",
        "on": FIRST_DAY,
    }
    return security.pledge(book, loan, **{**about, **more})


def ended(book, loan):
    whole_sum = loans.payoff(book, loan, day(1)).total
    loans.repay(book, loan, whole_sum, on=day(1), wish=loans.Wish.SETTLE)


def kind_with(book, **conditions):
    """Let the kind of loan ask for something more."""
    product = loans.product(book, "productive")
    product.conditions = replace(loans.conditions_of(product), **conditions).text()
    book.session.flush()
    return product


# -- guarantors ------------------------------------------------------------------


def test_what_a_guarantor_answers_for_stays_on_the_account_until_the_loan_is_paid(
    village, street
):
    wati, tuti = street[:2]
    account, loan = saved(village, tuti, 500_000), lend(village, wati, 300_000, term=3)
    row = guaranteed(village, loan, tuti, account=account)

    with pytest.raises(HeldBack):
        savings.withdraw(village, account, Money(200_001), on=day(1))
    assert [one.loan_number for one in security.guarantees_of(village, tuti)] == [
        loan.number
    ]
    ended(village, loan)
    assert loan.state is LoanState.SETTLED

    assert security.release_ended(village, day(1)) == 1
    assert security.release_ended(village, day(1)) == 0

    assert (row.released_on, row.release_note) == (day(1), "Pinjaman selesai")
    savings.withdraw(village, account, Money(400_000), on=day(1))


def test_nobody_answers_who_cannot(village, street):
    wati, tuti = street[:2]
    loan, ani = asked(village, wati), members.member(village, 2)
    account = saved(village, tuti, 100_000)
    for about, refusal in (
        ({"member": wati}, rules.OwnGuarantor),
        ({"member": ani}, rules.GuarantorsAreMembers),
        ({"member": None, "name": "  "}, rules.GuarantorMissing),
        ({"units": 1_200_001}, rules.MoreThanLoan),
        ({"units": 0}, NotAnAmount),
        ({"member": street[2], "account": account}, rules.NotTheirAccount),
        ({"member": None, "name": "Pak RT", "account": account}, rules.NotTheirAccount),
        ({"account": account, "units": 100_001}, NotSoMuchToHold),
    ):
        with pytest.raises(refusal):
            guaranteed(village, loan, about.pop("member", tuti), **about)
    assert security.guarantors_of(village, loan) == []


def test_one_answers_for_a_loan_once_and_for_few_loans(village, street):
    wati, tuti, yanti, endang = street
    lent = [asked(village, who) for who in (wati, yanti, endang)]
    guaranteed(village, lent[0], tuti)
    with pytest.raises(rules.GuaranteesAlready):
        guaranteed(village, lent[0], tuti)
    guaranteed(village, lent[1], tuti)
    with pytest.raises(rules.GuaranteesTooMany) as refusal:
        guaranteed(village, lent[2], tuti)
    assert (refusal.value.count, refusal.value.most) == (2, 2)
    guaranteed(village, lent[2], None, name="Pak Harun", relation="suami")
    with pytest.raises(rules.GuaranteesAlready):
        guaranteed(village, lent[2], None, name="Pak Harun", relation="suami")


def test_a_guarantor_of_a_running_loan_goes_only_when_a_manager_agrees(village, street):
    wati, tuti = street[:2]
    account, loan = saved(village, tuti, 500_000), lend(village, wati)
    row = guaranteed(village, loan, tuti, account=account)
    with pytest.raises(ReasonNeeded):
        security.release_guarantor(village, row, on=day(1), note=" ")

    asked_ = security.release_guarantor(village, row, on=day(1), note="pindah desa")
    assert row.released_on is None
    approve(village, asked_)

    assert row.released_on is not None
    assert savings.holds(village, account=account.number) == []
    with pytest.raises(rules.ReleasedBefore):
        security.release_guarantor(village, row, on=day(2), note="lagi")
    guaranteed(village, loan, tuti)  # and may answer again


def test_a_loan_that_is_over_takes_no_security(village, street):
    loan = asked(village, street[0])
    loans.cancel(village, loan)
    for act in (
        lambda: guaranteed(village, loan, street[1]),
        lambda: pledged(village, loan),
        lambda: security.hold_own(
            *(village, loan, voluntary_of(village, street[0]), Money(1)), on=day(1)
        ),
    ):
        with pytest.raises(rules.LoanEnded):
            act()


def test_own_savings_and_deposits_secure_a_loan(village, street):
    wati = street[0]
    account, loan = saved(village, wati, 2_000_000), lend(village, wati)
    security.hold_own(village, loan, account, Money(200_000), on=FIRST_DAY)
    deposits.set_deposit_terms(
        *(village, 1),
        rate=Rate.percent(6, "year"),
        valid_from=FIRST_DAY,
        source="RAT",
        kept_percent=50,
        penalty_percent=1,
    )
    entry = deposits.open_deposit(
        *(village, wati, account, Money(1_000_000)),
        months=1,
        on=FIRST_DAY,
        rollover=deposits.Rollover.PRINCIPAL,
    )
    deposit = deposits.deposit_in(village, entry)
    deposits.pledge(village, deposit, note="jaminan", on=FIRST_DAY, loan=loan.number)

    cover = security.cover_of(village, loan, FIRST_DAY)

    assert cover.savings == Money(1_200_000)
    with pytest.raises(rules.NotTheirAccount):
        security.hold_own(
            *(village, loan, voluntary_of(village, street[1]), Money(1)), on=day(1)
        )
    ended(village, loan)
    assert security.release_ended(village, day(1)) == 2
    assert security.cover_of(village, loan, day(1)).savings == ZERO


# -- collateral --------------------------------------------------------------------


def test_collateral_counts_for_a_part_of_its_value(village, street):
    loan = asked(village, street[0])
    row = pledged(village, loan, 999_999)
    assert row.accepted == Money(699_999)  # 70 % by the by-laws, rounded down
    with pytest.raises(rules.AcceptedTooMuch) as refusal:
        pledged(village, loan, 1_000_000, document="X", accepted=Money(700_001))
    assert (refusal.value.most, refusal.value.share) == (Money(700_000), 70)
    less = pledged(village, loan, 1_000_000, document="X", accepted=Money(500_000))
    guaranteed(village, loan, street[1])

    cover = security.cover_of(village, loan, FIRST_DAY)

    assert cover.goods == row.accepted + less.accepted
    assert (cover.savings, cover.promised) == (ZERO, Money(300_000))
    assert cover.total == cover.goods  # a word without a hold covers nothing
    assert cover.percent == 1_199_999 * 100 // 1_200_000


def test_one_paper_secures_one_loan_until_it_is_given_back(village, street):
    first, second = asked(village, street[0]), asked(village, street[1])
    row = pledged(village, first)
    with pytest.raises(rules.PledgedAlready) as refusal:
        pledged(village, second)
    assert refusal.value.loan == first.number
    loans.cancel(village, first)
    security.release_collateral(village, row, to="Wati", on=day(1), note="batal")
    assert pledged(village, second).loan_number == second.number
    with pytest.raises(rules.ReleasedBefore):
        security.release_collateral(village, row, to="Wati", on=day(1), note="batal")
    with pytest.raises(rules.ReleasedBefore):
        security.keep_elsewhere(village, row, "Bank")


def test_collateral_of_a_running_loan_goes_back_when_a_manager_agrees(village, street):
    loan = lend(village, street[0])
    row = pledged(village, loan)
    with pytest.raises(rules.ReleasedBeforeReceived):
        security.release_collateral(
            *(village, row), to="Wati", on=day(-1), note="tertukar"
        )
    security.keep_elsewhere(village, row, "Bank, kotak 4")

    request = security.release_collateral(
        *(village, row), to="Wati", on=day(1), note="diganti emas"
    )
    assert row.released_on is None
    approve(village, request)

    assert (row.released_to, row.released_by) == ("Wati", "budi")
    assert [one.number for one in security.lying(village)] == []


def test_what_secured_a_loan_secures_the_one_in_its_place(village, street):
    wati = street[0]
    old = lend(village, wati)
    row = pledged(village, old)
    with as_(village, "dewi"):
        new = loans.ask_replacement(
            *(village, old, loans.product(village, "productive")),
            loans.to_date(village, old, FIRST_DAY).total,
            term=20,
            purpose="panen gagal",
            on=FIRST_DAY,
            restructure=True,
        )
    assert security.cover_of(village, new, FIRST_DAY).goods == row.accepted
    approve(village, loans.asked_for(village, new))
    loans.disburse(village, new, on=FIRST_DAY)
    assert old.state is LoanState.SETTLED
    assert security.secures(village, old) is new

    request = security.release_collateral(
        *(village, row), to="Wati", on=day(1), note="lunas?"
    )
    assert row.released_on is None  # asked: the new loan runs
    ended(village, new)
    assert request.state == "pending"
    done = security.release_collateral(
        *(village, row), to="Wati", on=day(1), note="lunas"
    )
    assert done.released_on == day(1)


# -- cover -------------------------------------------------------------------------


def test_a_kind_that_asks_for_cover_is_approved_and_paid_out_only_with_it(
    village, street
):
    wati, tuti = street[:2]
    account = saved(village, tuti, 2_000_000)
    kind_with(village, cover=80)
    loan = asked(village, wati)
    with pytest.raises(rules.NotCovered) as refusal:
        approve(village, loans.asked_for(village, loan))
    assert (refusal.value.least, refusal.value.found) == (Money(960_000), ZERO)
    row = guaranteed(village, loan, tuti, 959_999, account=account)
    with pytest.raises(rules.NotCovered):
        approve(village, loans.asked_for(village, loan))
    security.hold_own(village, loan, saved(village, wati, 1), Money(1), on=FIRST_DAY)
    approve(village, loans.asked_for(village, loan))

    gone = security.release_guarantor(village, row, on=FIRST_DAY, note="mundur")
    approve(village, gone)
    with pytest.raises(rules.NotCovered):
        loans.disburse(village, loan, on=FIRST_DAY)
    assert loan.state is LoanState.APPROVED
    pledged(village, loan)
    loans.disburse(village, loan, on=FIRST_DAY)


def test_cover_falls_with_what_is_owed(village, street):
    loan = lend(village, street[0])
    row = pledged(village, loan, 1_000_000)
    before = security.cover_of(village, loan, FIRST_DAY)
    assert before.owed == Money(1_200_000)
    loans.repay(village, loan, Money(600_000), on=day(31))
    after = security.cover_of(village, loan, day(31))
    assert after.owed == loans.to_date(village, loan, day(31)).total
    assert after.goods == row.accepted == Money(700_000)
    assert after.percent > before.percent
    entry = ledger.entries(village, limit=1).rows[0]
    ledger.reverse(village, entry, on=day(31), reason="salah")
    assert security.cover_of(village, loan, day(31)).percent < after.percent


@given(
    total=st.integers(0, 10**9), owed=st.integers(1, 10**9), needed=st.integers(0, 300)
)
def test_cover_is_judged_without_rounding(total, owed, needed):
    from fractions import Fraction

    wanted = Fraction(total, owed) >= Fraction(needed, 100)
    assert rules.covers(Money(total), Money(owed), needed) is wanted


def test_what_is_held_for_a_running_loan_is_let_go_by_two(village, street):
    wati, tuti = street[:2]
    loan, own = lend(village, wati), saved(village, wati, 500_000)
    account = saved(village, tuti, 500_000)
    row = guaranteed(village, loan, tuti, account=account)
    hold = security.hold_own(village, loan, own, Money(100_000), on=FIRST_DAY)
    (guarantee,) = savings.holds(village, account=account.number)

    for each in (hold, guarantee):
        request = security.release_hold(village, each, on=day(1), note="diminta")
        assert each.released_on is None
        approve(village, request)
        assert each.released_on is not None
    assert row.released_on is not None

    free = savings.hold(
        *(village, own, Money(1_000)), why="court", note="surat", on=day(1)
    )
    security.release_hold(village, free, on=day(1), note="selesai")
    assert free.released_on == day(1)
