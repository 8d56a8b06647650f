"""One sheet, one entry: who came, who paid, who paid for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import groups, ledger, loans, members, rounds, savings
from coopbook.groups import Given, Saved, rules
from coopbook.ledger import chart
from coopbook.ledger.rules import NotAnAmount
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY, found
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.rounds.neighbours import day, lend, voluntary_of, whole

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


@pytest.fixture
def street(village):
    return furnish_circle(village)


def lent_to(book, street, count=3):
    """Found a group of which some borrow; return it, its loans and a due day."""
    group = circle(book, street)
    lent = [borrow(book, group, who) for who in street[:count]]
    return group, lent, loans.schedule_of(book, lent[0])[0].due_on


def everybody(street):
    return [who.number for who in street]


def entries(book):
    return ledger.entries(book, limit=400).rows


def test_the_sheet_shows_everybody_with_what_is_due(village, street):
    group, lent, on = lent_to(village, street)
    rows = groups.sheet(village, group, on)
    assert [row.member.number for row in rows] == everybody(street)
    assert [row.loan for row in rows] == [*lent, None, None, None]
    for row in rows[:3]:
        assert row.due == loans.due_on(village, row.loan, on)
    assert {row.due for row in rows[3:]} == {ZERO}
    assert groups.sheet(village, group, FIRST_DAY - timedelta(days=1)) == []


def test_a_meeting_is_one_entry_and_every_loan_sees_its_payment(village, street):
    group, lent, on = lent_to(village, street)
    due = loans.due_on(village, lent[0], on)
    before, cash = (
        len(entries(village)),
        ledger.account_balance(village, chart.TELLER_CASH),
    )
    account = voluntary_of(village, street[5])

    row = groups.meet(
        *(village, group),
        on=on,
        given=[
            Given(lent[0], due),
            Given(lent[1], due - Money(50_000), ((street[4], Money(50_000)),)),
            Given(
                lent[2],
                ZERO,
                ((street[4], Money(100_000)), (street[5], due - Money(100_000))),
            ),
        ],
        saved=[Saved(account, Money(25_000))],
        present=everybody(street)[1:],
        control=3 * due.units * Money(1) + Money(25_000),
        note="di rumah Wati",
    )

    assert len(entries(village)) == before + 1
    assert (row.due, row.uncovered) == (3 * due.units * Money(1), ZERO)
    assert groups.frozen(village, group) is None
    for loan in lent:
        assert loans.due_on(village, loan, on) == ZERO
        assert loans.payments(village, loan)[0].entry_number == row.entry_number
    assert savings.balance(village, account) == Money(25_000)
    assert ledger.account_balance(village, chart.TELLER_CASH) - cash == (
        3 * due.units * Money(1) + Money(25_000)
    )
    came = groups.attendance(village, row)
    assert came == {n: n != street[0].number for n in everybody(street)}
    found_ = groups.covers(village, group)
    assert [(one.row.member_number, one.borrower, one.left) for one in found_] == [
        (street[4].number, street[1].number, Money(50_000)),
        (street[4].number, street[2].number, Money(100_000)),
        (street[5].number, street[2].number, due - Money(100_000)),
    ]


def test_what_nobody_covers_freezes_the_group(village, street):
    group, lent, on = lent_to(village, street)
    due = loans.due_on(village, lent[0], on)

    row = groups.meet(
        *(village, group),
        on=on,
        given=[Given(lent[0], due), Given(lent[1], due - Money(1))],
        present=everybody(street),
    )

    assert row.uncovered == due + Money(1)
    frozen = groups.frozen(village, group)
    assert frozen.frozen_on == on
    assert "tidak terbayar" in frozen.why


def test_a_meeting_without_money_is_a_meeting(village, street):
    group = circle(village, street)
    row = groups.meet(village, group, on=day(7), present=everybody(street)[:2])
    assert (row.entry_number, row.due, row.uncovered) == (None, ZERO, ZERO)
    assert sum(groups.attendance(village, row).values()) == 2
    with pytest.raises(rules.NobodyCame):
        groups.meet(
            village, group, on=day(8), present=[members.member(village, 1).number]
        )
    with pytest.raises(rules.MetAlready):
        groups.meet(village, group, on=day(7), present=everybody(street))
    with pytest.raises(rules.MetBeforeFounded):
        groups.meet(village, group, on=day(-1), present=everybody(street))


def test_what_cannot_stand_on_the_sheet_posts_nothing(village, street):
    group, lent, on = lent_to(village, street)
    due = loans.due_on(village, lent[0], on)
    siti = members.member(village, 1)
    outside = lend(village, siti)
    before = len(entries(village))
    for given_, refusal in (
        (Given(outside, Money(10_000)), rules.NotOfGroup),
        (Given(lent[0], ZERO, ((street[0], Money(1)),)), rules.CoversOwn),
        (Given(lent[0], ZERO, ((siti, Money(1)),)), rules.NotOnRoster),
        (Given(lent[0], ZERO, ((street[1], Money(-5)),)), NotAnAmount),
        (Given(lent[0], due, ((street[1], Money(1)),)), rules.CoversTooMuch),
        (Given(lent[0], ZERO, ((street[1], due + Money(1)),)), rules.CoversTooMuch),
    ):
        with pytest.raises(refusal):
            groups.meet(
                village, group, on=on, given=[given_], present=everybody(street)
            )
    with pytest.raises(rounds.ControlDiffers) as refusal:
        groups.meet(
            *(village, group),
            on=on,
            given=[Given(lent[0], due)],
            present=everybody(street),
            control=due + Money(10_000),
        )
    assert refusal.value.apart == Money(10_000)
    with pytest.raises(rounds.LoanTwice):
        groups.meet(
            *(village, group),
            on=on,
            given=[Given(lent[0], Money(5)), Given(lent[0], Money(6))],
            present=everybody(street),
        )
    assert len(entries(village)) == before
    assert groups.meetings(village, group) == []


def test_more_than_due_is_paid_ahead_by_the_borrower_alone(village, street):
    group, lent, on = lent_to(village, street, 1)
    due = loans.due_on(village, lent[0], on)
    groups.meet(
        *(village, group),
        on=on,
        given=[Given(lent[0], due + Money(40_000))],
        present=everybody(street),
    )
    assert loans.payments(village, lent[0])[0].total == due + Money(40_000)


def test_what_was_covered_is_given_back_between_the_two(village, street):
    group, lent, on = lent_to(village, street, 1)
    due = loans.due_on(village, lent[0], on)
    groups.meet(
        *(village, group),
        on=on,
        given=[Given(lent[0], ZERO, ((street[1], due),))],
        present=everybody(street),
    )
    before = len(entries(village))
    groups.give_back(village, group, 1, Money(30_000), on=on, note="tunai")
    groups.give_back(village, group, 1, due - Money(30_001), on=on)
    with pytest.raises(rules.GaveBackTooMuch) as refusal:
        groups.give_back(village, group, 1, Money(2), on=on)
    assert refusal.value.left == Money(1)
    with pytest.raises(rules.NoSuchCover):
        groups.give_back(village, group, 2, Money(2), on=on)
    assert len(entries(village)) == before
    assert [one.note for one in groups.backs(village, group)] == ["tunai", ""]


def test_a_meeting_that_is_reversed_never_happened_and_is_held_again(village, street):
    group, lent, on = lent_to(village, street, 2)
    due = loans.due_on(village, lent[0], on)
    row = groups.meet(
        *(village, group),
        on=on,
        given=[Given(lent[0], due), Given(lent[1], ZERO, ((street[0], due),))],
        present=everybody(street),
    )
    entry = ledger.entry(village, row.entry_number)

    ledger.reverse(village, entry, on=on, reason="salah lembar")

    assert groups.covers(village, group) == []
    assert loans.due_on(village, lent[1], on) == due
    again = groups.meet(
        village, group, on=on, given=[Given(lent[0], due)], present=everybody(street)
    )
    assert again.number == 2
    with pytest.raises(rules.MetAlready):
        groups.meet(village, group, on=on, present=everybody(street))


# -- any meetings at all -----------------------------------------------------------

SUM = st.integers(0, 260_000)
MEETINGS = st.lists(
    st.tuples(
        st.integers(1, 90),  # the day
        st.lists(
            st.tuples(SUM, st.lists(st.tuples(st.integers(0, 5), SUM), max_size=2)),
            min_size=3,
            max_size=3,
        ),
        st.lists(st.integers(0, 50_000), min_size=6, max_size=6),
        st.booleans(),  # reversed again
    ),
    max_size=5,
)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=MEETINGS)
def test_whatever_is_collected_the_cards_are_what_the_sheets_say(engine, plan):
    """Cash, savings and claims between members against plain sums kept beside them."""
    with whole(found(engine)) as book:
        people = furnish_circle(book)
        group = circle(book, people)
        lent = [borrow(book, group, who) for who in people[:3]]
        accounts = [voluntary_of(book, who) for who in people]
        cash = ledger.account_balance(book, chart.TELLER_CASH).units
        kept, claims, met = [0] * 6, {}, set()
        for number, rows, savings_, undone in plan:
            on = day(number)
            if on in met:
                continue
            due = {
                row.loan.number: row.due.units
                for row in groups.sheet(book, group, on)
                if row.loan
            }
            given_, owing = [], {}
            for loan, (paid, covers) in zip(lent, rows, strict=True):
                if loan.number not in due:
                    continue
                most = loans.replay_of(book, loan, on)
                paid = min(paid, most.asked - most.held)
                left = max(due[loan.number] - paid, 0)
                covered = []
                for place, amount in covers:
                    amount = min(amount, left)
                    if amount and people[place].number != loan.member_number:
                        covered.append((people[place], Money(amount)))
                        left -= amount
                        pair = (people[place].number, loan.member_number)
                        owing[pair] = owing.get(pair, 0) + amount
                given_.append(Given(loan, Money(paid), tuple(covered)))
            saved = [
                Saved(account, Money(units))
                for account, units in zip(accounts, savings_, strict=True)
                if units
            ]
            row = groups.meet(
                *(book, group),
                on=on,
                given=given_,
                saved=saved,
                present=everybody(people),
            )
            whole_sum = sum(one.total.units for one in given_) + sum(savings_)
            assert (row.entry_number is None) is (whole_sum == 0)
            short = sum(
                max(due[one.loan.number] - one.total.units, 0) for one in given_
            )
            assert row.uncovered.units == short
            if undone and row.entry_number is not None:
                entry = ledger.entry(book, row.entry_number)
                ledger.reverse(book, entry, on=on, reason="salah")
                continue
            met.add(on)
            cash += whole_sum
            kept = [one + more for one, more in zip(kept, savings_, strict=True)]
            for pair, amount in owing.items():
                claims[pair] = claims.get(pair, 0) + amount

        assert ledger.account_balance(book, chart.TELLER_CASH).units == cash
        assert [savings.balance(book, one).units for one in accounts] == kept
        said = {}
        for one in groups.covers(book, group):
            pair = (one.row.member_number, one.borrower)
            said[pair] = said.get(pair, 0) + one.left.units
        assert said == claims
