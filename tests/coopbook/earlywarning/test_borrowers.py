"""Whose loans: one after another, or of one house; and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import (
    loans,
    members,
)
from coopbook.dates import months_after
from coopbook.earlywarning import Kind
from coopbook.earlywarning.identity import tidy_address
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.baddebts.test_assessing import replace_whole
from tests.coopbook.earlywarning.villages import (
    found_of,
    lend_on,
    pay,
    settled_street,
    today_is,
    write_down,
)
from tests.coopbook.rounds.neighbours import approve

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


# -- one loan pays another ----------------------------------------------------


def test_a_late_loan_that_another_replaced_is_asked_about_with_the_money(village, wati):
    old = lend_on(village, wati)
    pay(village, old, 1)
    first = loans.payments(village, old)[0].total
    new = replace_whole(village, old, months_after(DUE, 1) + ONE)
    on = months_after(DUE, 2)
    (one,) = found_of(village, on, Kind.CHAIN)
    assert (one.loans, one.members) == ((old.number, new.number), (wati.number,))
    reached = loans.paid_out(old)
    assert (one.facts["reached"], one.facts["paid"]) == (reached, first)
    assert one.amount == reached - first
    pay(village, new, 1)
    (one,) = found_of(village, new_due(village, new), Kind.CHAIN)
    assert one.facts["paid"] == first + loans.payments(village, new)[0].total


def new_due(book, loan):
    return loans.schedule_of(book, loan)[0].due_on


def test_a_loan_replaced_on_the_day_it_is_due_was_not_late(village, wati):
    old = lend_on(village, wati)
    replace_whole(village, old, DUE)
    assert found_of(village, DUE + ONE, Kind.CHAIN) == []


def test_what_was_entered_later_for_an_earlier_day_counts(village, wati):
    old = lend_on(village, wati)
    new = replace_whole(village, old, DUE + ONE)
    assert new.carried_days == 1
    assert len(found_of(village, DUE + ONE, Kind.CHAIN)) == 1


def test_three_loans_in_a_row_are_asked_about_though_none_was_late(village, wati):
    first = lend_on(village, wati)
    second = refinance(village, first, 1_500_000, FIRST_DAY + 10 * ONE)
    on = FIRST_DAY + 12 * ONE
    assert found_of(village, on, Kind.CHAIN) == []
    third = refinance(village, second, 1_900_000, FIRST_DAY + 11 * ONE)
    (one,) = found_of(village, on, Kind.CHAIN)
    assert one.loans == (first.number, second.number, third.number)
    # nothing was ever paid, so all that reached the member's hand did not come back
    assert one.amount == one.facts["reached"] < Money(1_900_000)
    assert found_of(village, FIRST_DAY + 10 * ONE, Kind.CHAIN) == []


def refinance(book, old, amount, on):
    """Lend more, and pay the old loan off by it."""
    with today_is(book, on), as_(book, "dewi"):
        new = loans.ask_replacement(
            *(book, old, loans.product(book, "productive"), Money(amount)),
            term=12,
            purpose="modal",
            on=on,
            restructure=False,
        )
    with today_is(book, on):
        approve(book, loans.asked_for(book, new))
    loans.disburse(book, new, on=on)
    return new


# -- what one house shares ----------------------------------------------------

SHARES = {
    "family_card_no": ("3201014101900009", "3201014101900017"),
    "phone": ("081234567890", "081234567891"),
    "address": ("Jl. Melati No. 5, RT 03", "Jl. Melati No. 6, RT 03"),
}


@pytest.mark.parametrize("thing", SHARES)
def test_borrowers_of_different_houses_who_share_are_asked_about(village, thing):
    one, other, *_ = street = settled_street(village)
    lent = [lend_on(village, who) for who in street]
    same, different = SHARES[thing]
    write_down(village, one, **{thing: same})
    write_down(village, other, **{thing: different})
    on = FIRST_DAY + ONE
    assert found_of(village, on, Kind.SHARED) == []
    write_down(village, other, **{thing: same.upper()})
    (asked,) = found_of(village, on, Kind.SHARED)
    assert asked.members == (one.number, other.number)
    assert asked.loans == (lent[0].number, lent[1].number)
    assert asked.amount == Money(2_400_000)
    assert same not in str(asked), "what is sealed is never shown"
    said = asked.facts["thing"]
    assert said == f"the same {NAMED[thing]}"

    house = members.set_household(village, one, name="Melati 5")
    assert len(found_of(village, on, Kind.SHARED)) == 1
    members.set_household(village, other, household=house.number)
    assert found_of(village, on, Kind.SHARED) == []


NAMED = {
    "family_card_no": "family card",
    "phone": "telephone number",
    "address": "address",
}


def test_who_borrows_nothing_is_not_asked_about(village):
    one, other = settled_street(village, ("Wati", "Tuti"))
    for who in (one, other):
        write_down(village, who, phone="081234567890")
    lend_on(village, one)
    assert found_of(village, FIRST_DAY, Kind.SHARED) == []


def test_an_address_counts_within_its_village_and_without_its_points(village):
    one, other = settled_street(village, ("Wati", "Tuti"))
    for who in (one, other):
        lend_on(village, who)
    write_down(village, one, address="Jl. Melati no.5", village="Sukamaju")
    write_down(village, other, address="JL MELATI NO 5", village="Sukasari")
    assert found_of(village, FIRST_DAY, Kind.SHARED) == []
    write_down(village, other, village="sukamaju")
    assert len(found_of(village, FIRST_DAY, Kind.SHARED)) == 1
    assert tidy_address(" .,- ") == ""


def test_an_address_that_only_names_the_hamlet_is_no_house(village):
    one, other = settled_street(village, ("Wati", "Tuti"))  # of the hamlet Krajan
    for who in (one, other):
        lend_on(village, who)
        write_down(village, who, address="KRAJAN, Sukamaju", village="Sukamaju")
    assert found_of(village, FIRST_DAY, Kind.SHARED) == []
    for who in (one, other):
        write_down(village, who, address="Krajan no. 3")
    assert len(found_of(village, FIRST_DAY, Kind.SHARED)) == 1
