"""Many schedules at once are the schedules one by one."""

from dataclasses import replace
from datetime import date

import numpy as np  # loaded here, or the first example pays for it
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.errors import Refused
from coopbook.loans.daycount import DayCount
from coopbook.loans.many import schedules
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import LARGEST, Money, Rate
from tests.coopbook.loans.strategies import loans, starts

units = st.one_of(st.integers(1, 500), st.integers(1, 10**8), st.integers(1, LARGEST))
PLAIN = [DayCount.EVEN, DayCount.THIRTY_360]


@given(loans(), st.lists(st.tuples(units, starts), max_size=8), st.booleans())
def test_many_at_once_are_what_each_is_alone(drawn, lent, plain):
    terms = drawn[0]
    if plain:
        terms = replace(terms, first_due=None, due_day=None, dates=())
        terms = replace(terms, day_count=DayCount.EVEN)
    if terms.first_due or terms.dates:
        lent = [(each, drawn[1]) for each, _ in lent]
    found = schedules(terms, [each for each, _ in lent], [day for _, day in lent])

    for place, (principal, start) in enumerate(lent):
        try:
            alone = schedule(terms, Money(principal), start)
        except Refused:
            assert found.refused[place]
            continue
        assert not found.refused[place]
        assert found.principal[:, place].tolist() == alone.principal
        assert found.interest[:, place].tolist() == alone.interest


def test_an_amount_of_nothing_is_marked_as_refused():
    terms = Terms(InterestMethod.ANNUITY, Rate.percent(1), 12)

    found = schedules(terms, [0, 1_000_000, -5])

    assert np.array_equal(found.refused, [True, False, True])


def test_terms_that_depend_on_the_day_ask_for_it():
    terms = Terms(InterestMethod.FLAT, Rate.percent(1), 12, due_day=5)

    with pytest.raises(ValueError, match="depend on the day"):
        schedules(terms, [1_000_000])
    assert schedules(terms, [1_200_000], [date(2026, 1, 5)]).interest[0, 0] == 12_000
