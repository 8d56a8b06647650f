"""A statement leads from its first day to its last; other times are refused."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import auditing, consolidation, statements
from coopbook.statements import EndsBeforeItBegins, OutsideTheCalendar

MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)
ASKED = (
    *(statements.cash_flow, statements.equity_changes, statements.statements),
    *(statements.surplus_statement, statements.net_surplus, statements.flows_in),
)


@pytest.mark.parametrize("ask", ASKED, ids=lambda one: one.__name__)
def test_a_time_that_ends_before_it_begins_is_refused(book, ask):
    with pytest.raises(EndsBeforeItBegins, match="Write the earlier day first"):
        ask(book, MARCH, FEBRUARY)
    ask(book, MARCH, MARCH)
    for first, last in ((date.min, MARCH), (MARCH, date.max), (date.min, date.min)):
        with pytest.raises(OutsideTheCalendar, match="from 1900 to 2999"):
            ask(book, first, last)
    ask(book, date(1900, 1, 1), date(2999, 12, 31))


def test_several_books_are_refused_the_same(book):
    with pytest.raises(EndsBeforeItBegins):
        consolidation.consolidated(book, [2], MARCH, FEBRUARY)


def test_no_position_and_no_changes_of_a_day_no_book_has(book):
    for day in (date.min, date.max):
        with pytest.raises(OutsideTheCalendar):
            statements.financial_position(book, day)
        with pytest.raises(OutsideTheCalendar):
            auditing.changes_since(book, day)
    assert auditing.changes_since(book, date(1900, 1, 1)).first_record == 1
