"""Every loan on every day: caught up, written again after late entries, once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import baddebts, ledger, loans, members, savings, security
from coopbook.baddebts import Judging, daily
from coopbook.errors import Refused
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, SOAK, VAULT, found
from tests.coopbook.gone_bad import by_law, decided, written_off
from tests.coopbook.loans.living import agreements, do, fund
from tests.coopbook.loans.living import lend as lend_on
from tests.coopbook.loans.test_books import LENT, LIFE, acts
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole

ONE = timedelta(days=1)
RUNS = 1_000 if SOAK else 25
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def judged(book, loan, kind, days):
    """Write down what was found out about a loan, so many days into its life."""
    on = FIRST_DAY + timedelta(days)
    baddebts.judge(
        *(book, loan, kind),
        on=on,
        reason="rapat",
        reference="PN 12",
        decision_number=decided(book, FIRST_DAY),
    )


def agrees(book, loan, first, last):
    """Compare the log with what each day comes to by everything in the book."""
    rows, day = daily.rows_of(book, loan), first
    while day <= last:
        said = daily.logged(rows, day) or daily.ENDED
        assert said == daily.state_on(book, loan, day), (loan.number, day)
        day += ONE


@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=SLOW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    drawn=agreements(),
    doing=acts(),
    judging=st.lists(st.tuples(st.sampled_from(Judging), st.integers(0, LIFE))),
    runs=st.lists(st.integers(0, 50), min_size=3, max_size=8),
    policy=st.integers(0, 3),
)
def test_the_log_says_of_every_day_what_the_book_says_now(
    engine, drawn, doing, judging, runs, policy
):
    coop = found(engine)
    try:
        with coop.open() as book:
            fund(book)
            by_law(book, "classification_policy", policy)
            who = members.member(book, 1)
            number = lend_on(book, who, LENT, "emergency", drawn, on=FIRST_DAY).number
    except Refused:
        return
    day, first = FIRST_DAY, None
    for place in range(max(len(doing), len(judging), len(runs))):
        if place < len(judging):
            with suppress(Refused), coop.open() as book:
                judged(book, loans.loan(book, number), *judging[place])
        if place < len(doing):
            with suppress(Refused), coop.open() as book:
                do(book, loans.loan(book, number), *doing[place])
        if place < len(runs):
            day += timedelta(days=runs[place])
            with coop.open() as book:
                begun = daily.last_run(book)
                first = first or (begun.run_on if begun else day)
                daily.class_loans(book, day)
                last = daily.last_run(book)
                again = daily.class_loans(book, last.run_on)
                assert (again.days, again.changed) == (0, 0)
                assert daily.last_run(book).number == last.number
    with coop.open() as book:
        daily.class_loans(book, day)
        loan, last = loans.loan(book, number), daily.last_run(book).run_on
        agrees(book, loan, first, last)
        row = book.get(daily.LoanDaily, number)
        assert {name: getattr(row, name) for name in daily.kept(book, loan, last)} == (
            daily.kept(book, loan, last)
        )
        needed = daily.needed_by_kept(book, last)
        assert needed == baddebts.assess(book, last).allowance


def street(book):
    people = furnish_street(book)
    return [lend(book, who) for who in people]


def test_a_week_switched_off_is_caught_up_day_by_day(village):
    first, second, *_ = street(village)
    due = next(iter(loans.schedule_of(village, first))).due_on
    daily.class_loans(village, due - ONE)
    seen = []
    loans.repay(village, second, Money(120_000), on=due)
    done = daily.class_loans(village, due + 7 * ONE, tell=lambda *far: seen.append(far))
    assert seen == [(n, 8) for n in range(1, 9)]
    assert done.days == 8
    spans = daily.history_of(village, first)
    assert [span.since for span in spans] == [due - ONE, due + ONE]
    assert spans[-1].state.days(due + 7 * ONE) == 7
    assert [span.since for span in daily.history_of(village, second)] == [due - ONE]


def test_done_again_nothing_changes_at_all(village):
    street(village)
    day = FIRST_DAY + 100 * ONE
    daily.class_loans(village, day)
    before = village.number
    again = daily.class_loans(village, day)
    assert (again.days, again.changed) == (0, 0)
    earlier = daily.class_loans(village, day - 3 * ONE)
    assert earlier.on == day
    assert village.number == before


def test_a_payment_entered_late_writes_its_days_again_and_keeps_the_old_rows(village):
    first, *_ = street(village)
    row = next(iter(loans.schedule_of(village, first)))
    daily.class_loans(village, FIRST_DAY)
    daily.class_loans(village, row.due_on + 10 * ONE)
    before = daily.rows_of(village, first)
    assert daily.logged(before, row.due_on + 10 * ONE).days(row.due_on + 10 * ONE) == 10

    owes = loans.standing(village, first, row.due_on + 4 * ONE).due.total
    paid = loans.repay(village, first, owes, on=row.due_on + 4 * ONE)
    daily.class_loans(village, row.due_on + 10 * ONE)
    rows = daily.rows_of(village, first)
    assert rows[: len(before)] == before
    assert daily.logged(rows, row.due_on + 3 * ONE).late_since == row.due_on
    assert daily.logged(rows, row.due_on + 4 * ONE).late_since is None

    ledger.reverse(village, paid, on=row.due_on + 10 * ONE, reason="salah orang")
    daily.class_loans(village, row.due_on + 10 * ONE)
    rows = daily.rows_of(village, first)
    assert daily.logged(rows, row.due_on + 4 * ONE).late_since == row.due_on
    agrees(village, first, FIRST_DAY, row.due_on + 10 * ONE)


def test_what_stands_behind_a_loan_counts_from_the_next_day(village):
    first, *_ = street(village)
    day = next(iter(loans.schedule_of(village, first))).due_on + 200 * ONE
    daily.class_loans(village, day)
    assert daily.logged(daily.rows_of(village, first), day).loan_class.value == "loss"
    account = voluntary_of(village, first.member)
    savings.deposit(village, account, Money(5_000_000), on=day)
    security.hold_own(village, first, account, Money(4_000_000), on=day)
    daily.class_loans(village, day)
    rows = daily.rows_of(village, first)
    assert daily.logged(rows, day).loan_class.value == "loss"
    done = daily.class_loans(village, day + ONE)
    rows = daily.rows_of(village, first)
    assert daily.logged(rows, day + ONE).loan_class.value == "doubtful"
    assert done.needed == baddebts.assess(village, day + ONE).allowance


def test_a_loan_that_leaves_the_books_has_no_class_from_then_on(village):
    first, *_ = street(village)
    day = FIRST_DAY + 300 * ONE
    daily.class_loans(village, day - ONE)
    entry = written_off(village, first, day)
    daily.class_loans(village, day)
    rows = daily.rows_of(village, first)
    assert daily.logged(rows, day) == daily.ENDED
    ledger.reverse(village, entry, on=day, reason="keliru")
    daily.class_loans(village, day)
    assert daily.logged(daily.rows_of(village, first), day).loan_class.value == "loss"
    warn_again = loans.standing(village, first, day).days_past_due
    assert daily.history_of(village, first)[-1].state.days(day) == warn_again


def test_the_worst_loan_marks_a_members_others_where_the_by_laws_say_so(village):
    first, *_ = street(village)
    other = lend(village, first.member, 300_000, code="emergency", term=3)
    for row in loans.schedule_of(village, other):
        loans.repay(village, other, row.total, on=row.due_on)
    by_law(village, "worst_marks_all", 1)
    day = FIRST_DAY + 80 * ONE
    daily.class_loans(village, day)
    by_law(village, "classification_policy", 1)
    daily.class_loans(village, day + ONE)
    said = daily.logged(daily.rows_of(village, other), day + ONE)
    assert said.reason.value == "worst"
    assert daily.needed_by_kept(village, day + ONE) == (
        baddebts.assess(village, day + ONE).allowance
    )


def test_neighbours_of_another_cooperative_are_left_alone(coop, engine):
    twin = found(engine)
    with twin.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        street(book)
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        street(book)
        daily.class_loans(book, date(2026, 9, 1))
    with twin.open() as book:
        assert daily.last_run(book) is None
        rows = text(
            f"SELECT count(*) FROM loan_daily WHERE cooperative_id = {twin.number}"
        )
        assert book.session.connection().execute(rows).scalar() == 0


def test_nothing_lent_is_classed_too(village):
    done = daily.class_loans(village, FIRST_DAY)
    assert (done.running, done.changed, done.needed) == (0, 0, Money(0))
    assert daily.class_loans(village, FIRST_DAY + 9 * ONE).days == 9


def findings(coop):
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    return [check.finding.sentence for check in checks if check.finding]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE loan_daily SET oldest_due = NULL", "What is kept of loan"),
        ("UPDATE loan_daily SET outstanding = outstanding - 1", "What is kept"),
        ("UPDATE loan_daily SET loan_class = 'current'", "ends otherwise"),
        ("UPDATE loan_daily SET logged = logged + 1", "is not whole"),
    ],
)
def test_what_is_kept_of_a_loan_cannot_be_bent_unnoticed(coop, statement, told):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        street(book)
        daily.class_loans(book, FIRST_DAY + 300 * ONE)
    assert findings(coop) == []
    with coop.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text(f"{statement} WHERE cooperative_id = {coop.number}"))
        connection.commit()
    (found_it,) = findings(coop)
    assert told in found_it


def test_what_was_just_classed_is_provided_for_from_what_is_kept(village):
    lent = street(village)
    day = FIRST_DAY + 300 * ONE
    assert not daily.current(village, day)
    daily.class_loans(village, day)
    assert daily.current(village, day)
    assert not daily.current(village, day + ONE)
    entry = baddebts.provide(village, day)
    assert entry.lines[0].debit == baddebts.assess(village, day).allowance
    assert baddebts.provide(village, day) is None
    loans.repay(village, lent[0], Money(5_000), on=day)
    assert not daily.current(village, day)
