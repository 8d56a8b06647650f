"""All that is asked of a day, in its order, and of no other cooperative."""

from __future__ import annotations

from datetime import date, timedelta

from coopbook import (
    earlywarning,
    loans,
)
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import months_after
from coopbook.earlywarning import KIND_NAMES, Kind
from coopbook.money import Money
from tests.conftest import FIRST_DAY, found
from tests.coopbook.baddebts.test_assessing import by_law
from tests.coopbook.earlywarning.villages import (
    lend_on,
    pay,
    settled_street,
    write_down,
)

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


# -- all of it ----------------------------------------------------------------


def test_a_quiet_village_is_asked_nothing(village):
    street = settled_street(village)
    for who in street:
        pay(village, lend_on(village, who), 4)
    assert earlywarning.watch(village, date(2026, 5, 15)) == []


def test_what_is_most_urgent_comes_first_and_always_in_one_order(village):
    street = settled_street(village)
    for who, amount in zip(
        street, (1_900_000, 1_950_000, 600_000, 700_000), strict=True
    ):
        lend_on(village, who, amount, by="tono")
    for who in street[2:]:
        write_down(village, who, phone="081234567890")
    on = DUE + 30 * ONE
    asked = earlywarning.watch(village, on)
    assert [one.kind for one in asked] == [
        *[Kind.FIRST_PAYMENT] * 4,
        Kind.SHARED,
        *[Kind.JUST_UNDER] * 2,
    ]
    order = list(KIND_NAMES)
    places = [(order.index(one.kind), -one.amount.units) for one in asked]
    assert places == sorted(places)
    assert earlywarning.watch(village, on) == asked
    for one in asked:
        assert one.sentence % one.facts
        assert one.question.endswith("?"), "a question, not an accusation"


def test_another_cooperative_of_the_database_is_never_asked_about(coop):
    twin = found(coop.engine)
    with twin.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        begin_term(book, Office.BOARD, "Lain", on=FIRST_DAY, source="SK")
        for who in settled_street(book):
            write_down(book, who, phone="081234567890", address="Jl. Satu")
            loan = lend_on(book, who, 1_950_000, by="tono")
            loans.repay(book, loan, Money(1_000), on=FIRST_DAY + ONE, payer="Dewi")
        begin_term(book, Office.BOARD, "Baru", on=FIRST_DAY + 90 * ONE, source="SK")
    on = DUE + 60 * ONE
    with twin.read() as book:
        kinds = {one.kind for one in earlywarning.watch(book, on)}
    assert kinds == {
        *(Kind.FIRST_PAYMENT, Kind.SHARED, Kind.OFFICER_PAYS, Kind.JUST_UNDER),
    }
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        begin_term(book, Office.BOARD, "Ini", on=FIRST_DAY, source="SK")
        (wati,) = settled_street(book, ("Wati",))
        loan = lend_on(book, wati)
        pay(book, loan, 2)
        number = loan.number
    with coop.read() as book:
        assert earlywarning.watch(book, on) == []
        assert earlywarning.concentration(book, on).count == 1
        assert [n for row in earlywarning.ageing(book, on) for n in row.loans] == [
            number
        ]
        assert [one.loans for one in earlywarning.vintages(book, on)] == [(number,)]
        january, *_ = earlywarning.rolls(book, on)
        assert [cell.loans for cell in january.cells] == [(number,)]
