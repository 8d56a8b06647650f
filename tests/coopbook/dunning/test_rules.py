"""When each step about a late loan is due, worked out from days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.dunning import Intervals, LateReason, StepKind, Task, message_link
from coopbook.dunning.promises import broken, kept, waits
from coopbook.dunning.rules import (
    LETTERS,
    Did,
    Late,
    hardship,
    letter_from,
    next_letter,
)
from coopbook.dunning.tasks import tasks
from coopbook.money import Money

DUE = date(2026, 2, 1)
ONE = timedelta(days=1)
BY = Intervals()


def late(days, **more):
    return Late(DUE + timedelta(days=days), days, since=DUE + ONE, **more)


def on(days):
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, Task.JUST_LATE),
        (6, Task.JUST_LATE),
        (7, Task.VISIT_DUE),
        (13, Task.VISIT_DUE),
    ],
)
def test_first_it_is_just_late_then_somebody_goes(days, expected):
    assert tasks(late(days), [], BY) == [expected]


def test_a_letter_is_due_on_its_day_and_not_before():
    visited = [Did(StepKind.VISIT, on(7))]
    assert tasks(late(13), visited, BY) == []
    assert tasks(late(14), visited, BY) == [Task.LETTER_DUE]
    sent = [*visited, Did(StepKind.LETTER_1, on(16))]
    assert tasks(late(29), sent, BY) == []
    assert tasks(late(30), sent, BY) == [Task.LETTER_DUE]
    assert letter_from(late(30), sent, BY) == on(30)
    every = [*sent, Did(StepKind.LETTER_2, on(30)), Did(StepKind.LETTER_3, on(44))]
    assert next_letter(every, DUE + ONE) is None
    assert tasks(late(400), every, BY) == []


def test_letters_of_older_arrears_do_not_count():
    sent = [Did(StepKind.LETTER_1, DUE - ONE)]
    assert next_letter(sent, DUE + ONE) is StepKind.LETTER_1
    assert next_letter([Did(StepKind.LETTER_1, DUE + ONE)], DUE + ONE) is LETTERS[1]


def test_a_reminder_is_due_from_its_day_until_it_was_sent_or_the_day_itself():
    def ahead(days, before=None):
        return Late(DUE - days * ONE, 0, due_in=days, due_before=before)

    reminded = [Did(StepKind.REMINDER, DUE - 3 * ONE)]
    assert tasks(ahead(4), [], BY) == []
    for days in (3, 2, 1):
        assert tasks(ahead(days), [], BY) == [Task.REMIND]
        assert tasks(ahead(days), reminded, BY) == []
    assert tasks(ahead(0), reminded, BY) == [Task.DUE_TODAY]
    assert tasks(Late(DUE, 0), [], BY) == []
    assert tasks(ahead(1), [Did(StepKind.CALL, DUE - 2 * ONE)], BY) == [Task.REMIND]
    assert tasks(ahead(1), [Did(StepKind.CALL, DUE - ONE)], BY) == []


def test_a_reminder_of_another_installment_is_none_of_the_next():
    day_before = Late(DUE, 0, due_in=1, due_before=DUE)
    assert tasks(day_before, [Did(StepKind.REMINDER, DUE - ONE)], BY) == [Task.REMIND]
    month_ago = [Did(StepKind.REMINDER, DUE - 31 * ONE)]
    assert tasks(Late(DUE, 0, due_in=3), month_ago, BY) == [Task.REMIND]


def test_a_promise_keeps_everybody_away_until_its_day_and_then_comes_first():
    said = [Did(StepKind.PROMISE, on(8), on(20), Money(100))]
    assert tasks(late(20), said, BY) == []
    assert tasks(late(21), said, BY)[0] is Task.PROMISE_BROKEN
    enough = [(on(8), Money(40)), (on(20), Money(60))]
    assert broken(late(21), said, enough) is None
    assert broken(late(21), said, [(on(21), Money(100))]) == said[0]
    assert broken(late(21), said, [(on(7), Money(100))]) == said[0]
    assert broken(late(0), said, []) is None
    after = [*said, Did(StepKind.VISIT, on(21))]
    assert Task.PROMISE_BROKEN not in tasks(late(22), after, BY)


def test_a_promise_of_earlier_arrears_is_no_news():
    said = [Did(StepKind.PROMISE, DUE - 40 * ONE, DUE - 30 * ONE, Money(100))]
    assert tasks(late(1), said, BY) == [Task.JUST_LATE]
    to_the_day = [Did(StepKind.CALL, DUE - 3 * ONE, DUE, Money(100))]
    assert tasks(late(1), to_the_day, BY) == [Task.PROMISE_BROKEN]
    assert tasks(late(1), to_the_day, BY, [(DUE, Money(100))]) == [Task.JUST_LATE]


def test_nobody_waits_longer_than_a_promise_may_run():
    said = [Did(StepKind.PROMISE, on(8), DUE + 27_000 * ONE, Money(1))]
    assert tasks(late(38), said, BY) == []
    assert tasks(late(39), said, BY) == [Task.LETTER_DUE, Task.VISIT_DUE]


def test_after_a_promise_was_broken_another_keeps_nobody_away():
    first = Did(StepKind.PROMISE, on(8), on(10), Money(100))
    again = Did(StepKind.PROMISE, on(12), on(30), Money(100))
    assert tasks(late(13), [first, again], BY) == [Task.VISIT_DUE]
    assert tasks(late(14), [first, again], BY) == [Task.LETTER_DUE, Task.VISIT_DUE]
    assert tasks(late(14), [first, again], BY, [(on(9), Money(100))]) == []
    put_off = Did(StepKind.PROMISE, on(9), on(30), Money(100))
    assert tasks(late(10), [first, put_off], BY) == []
    assert tasks(late(11), [first, put_off], BY) == [Task.VISIT_DUE]


def test_help_and_a_next_step_are_due_while_a_promise_runs():
    said = [Did(StepKind.VISIT, on(8), on(30), Money(1), why=LateReason.ILLNESS)]
    assert tasks(late(9), said, BY) == [Task.HELP_DUE]
    assert tasks(late(9), [*said, Did(StepKind.HELP, on(9))], BY) == []
    step = [Did(StepKind.PROMISE, on(8), on(30), Money(1), next_on=on(12))]
    assert tasks(late(11), step, BY) == []
    assert tasks(late(12), step, BY) == [Task.STEP_DUE]


promise_days = st.tuples(st.integers(1, 40), st.integers(0, 60), st.integers(1, 300))


@given(
    st.lists(promise_days, max_size=5),
    st.lists(st.tuples(st.integers(1, 80), st.integers(1, 300)), max_size=5),
    st.integers(40, 100),
    st.integers(1, 60),
)
def test_one_waits_for_the_last_promise_where_none_failed(said, paid, day, longest):
    said = sorted(said, key=lambda one: one[0])
    done = [Did(StepKind.PROMISE, on(a), on(a + n), Money(m)) for a, n, m in said]
    came = [(on(each), Money(amount)) for each, amount in paid]
    failed = False
    for given_on, length, amount in said[:-1]:
        ended = given_on + min(length, longest) < day
        within = [m for on_, m in paid if given_on <= on_ <= given_on + length]
        failed = failed or (ended and sum(within) < amount)
    runs = bool(said) and said[-1][0] + min(said[-1][1], longest) >= day
    by = Intervals(promise=longest)
    assert waits(late(day), done, by, came) is (runs and not failed)


def test_help_comes_before_a_letter_to_who_is_in_trouble():
    told = [Did(StepKind.VISIT, on(7), why=LateReason.ILLNESS)]
    assert hardship(late(14), told) is LateReason.ILLNESS
    assert tasks(late(14), told, BY) == [Task.HELP_DUE]
    helped = [*told, Did(StepKind.HELP, on(15))]
    assert hardship(late(16), helped) is None
    assert tasks(late(16), helped, BY) == [Task.LETTER_DUE]
    assert (
        hardship(late(14), [Did(StepKind.VISIT, on(7), why=LateReason.FORGOT)]) is None
    )


def test_after_a_death_help_is_due_and_nothing_else_until_it_is_settled():
    def then(days, *done, **more):
        return tasks(late(days, died_on=on(5), **more), list(done), BY)

    promised = Did(StepKind.PROMISE, on(3), on(6), Money(100))
    for days in (5, 14, 400):
        assert then(days, promised, due_in=0) == [Task.HELP_DUE]
    assert tasks(Late(DUE, 0, due_in=0, died_on=DUE), [], BY) == [Task.HELP_DUE]
    assert then(9, Did(StepKind.HELP, on(4))) == [Task.HELP_DUE]
    helped = Did(StepKind.HELP, on(8), next_on=on(20))
    assert then(9, helped) == []
    assert then(20, helped) == [Task.STEP_DUE]
    assert then(22, Did(StepKind.HELP, on(8))) == [Task.HELP_DUE]


def test_a_next_step_is_on_the_list_from_its_day_until_something_is_done():
    said = [Did(StepKind.VISIT, on(7), next_on=on(10))]
    assert tasks(late(9), said, BY) == []
    assert tasks(late(10), said, BY) == [Task.STEP_DUE]
    assert tasks(late(11), [*said, Did(StepKind.CALL, on(11))], BY) == []


@given(
    st.lists(st.integers(0, 60), max_size=8),
    st.integers(1, 1_000),
    st.integers(0, 30),
)
def test_a_promise_is_kept_by_what_came_from_its_day_to_the_other(days, amount, length):
    promise = Did(StepKind.PROMISE, on(10), on(10 + length), Money(amount))
    paid = [(on(each), Money(100)) for each in days]
    came = sum(100 for each in days if 10 <= each <= 10 + length)
    assert kept(promise, paid) is (came >= amount)


@given(st.lists(st.sampled_from(LETTERS), max_size=6), st.integers(0, 100))
def test_the_letter_that_comes_next_is_the_first_that_was_not_sent(kinds, days):
    done = [Did(kind, on(days)) for kind in kinds]
    missing = [kind for kind in LETTERS if kind not in kinds]
    assert next_letter(done, on(0)) == (missing[0] if missing else None)


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("0812-3456-7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
        ("62812 3456 7890", "6281234567890"),
        ("0062812345678", "62812345678"),
        ("+852 9123 4567", "85291234567"),
        ("81234567890", "6281234567890"),
    ],
)
def test_a_text_opens_on_the_officers_own_phone(phone, number):
    link = message_link(phone, "Selamat pagi, Bu & Pak?")
    assert link == f"https://wa.me/{number}?text=Selamat%20pagi%2C%20Bu%20%26%20Pak%3F"


def test_what_is_no_number_has_no_link():
    assert message_link("12", "a") is None
    assert message_link("", "a") is None
