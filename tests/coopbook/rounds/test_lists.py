"""A list goes out on paper, and comes back against the total that stands on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coopbook import ledger, loans, members, rounds
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.rounds import rules
from tests.coopbook.rounds.neighbours import day, furnish_street, lend, whole


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def streets(book):
    """Lend six people in two hamlets, and one without a hamlet, the same."""
    near = furnish_street(book, ("Wati", "Tuti", "Yanti"))
    far = furnish_street(book, ("Endang", "Ida"), hamlet="Alas")
    (lost,) = furnish_street(book, ("Nia",), hamlet="")
    return [lend(book, who) for who in (*near, *far, lost)]


def first_due(book, loan):
    return loans.schedule_of(book, loan)[0].due_on


def test_a_list_is_kept_as_it_was_printed(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    (kept,) = rounds.make_lists(village, on, on=day(20))
    rows = rounds.rows_of(village, kept)
    # Alas before Krajan, who has no hamlet last; in a hamlet by member and loan
    assert [loan for _, loan in rows] == [*lent[3:5], *lent[:3], lent[5]]
    assert [row.due for row, _ in rows] == [
        loans.due_on(village, loan, on) for _, loan in rows
    ]
    loans.repay(village, lent[0], Money(50_000), on=on)
    assert [row.due for row, _ in rounds.rows_of(village, kept)] == [
        row.due for row, _ in rows
    ]
    assert rounds.due_lists(village) == [kept]


def test_a_long_list_becomes_several_in_the_order_of_the_paper(village, monkeypatch):
    lent = streets(village)
    on = first_due(village, lent[0])
    monkeypatch.setattr("coopbook.rounds.lists.ROWS", 4)
    first, second = rounds.make_lists(village, on, on=on)
    rows = [
        loan for kept in (first, second) for _, loan in rounds.rows_of(village, kept)
    ]
    assert rows == [*lent[3:5], *lent[:3], lent[5]]
    assert [row.number for row, _ in rounds.rows_of(village, second)] == [1, 2]


def test_a_list_is_of_a_hamlet_and_of_who_looks_after_the_loans(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    loans.look_after(village, lent[1:4], "rina", on=day(1))

    def listed(**of):
        (kept,) = rounds.make_lists(village, on, on=on, **of)
        return [loan for _, loan in rounds.rows_of(village, kept)]

    assert listed(hamlet="Krajan") == lent[:3]
    assert listed(officer="rina") == [lent[3], lent[1], lent[2]]
    assert listed(hamlet="Alas", officer="rina") == [lent[3]]
    assert listed(officer="dewi") == [lent[4], lent[0], lent[5]]  # who proposed them
    with pytest.raises(rules.NothingOnList):
        rounds.make_lists(village, day(1), on=day(1))
    with pytest.raises(rules.NothingOnList):
        rounds.make_lists(village, on, on=on, hamlet="Tidak ada")


def test_what_comes_back_is_one_entry_if_it_adds_up(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    (kept,) = rounds.make_lists(village, on, on=day(20), hamlet="Krajan")
    paid = {lent[0].number: Money(118_000), lent[1].number: Money(40_000)}
    before = ledger.account_balance(village, chart.FIELD_CASH)
    with pytest.raises(rules.ControlDiffers) as refusal:
        rounds.key_in(
            *(village, kept, paid), on=on, control=Money(157_000), collector="Dewi"
        )
    assert (refusal.value.keyed, refusal.value.apart) == (Money(158_000), Money(1_000))
    assert rounds.round_of(village, kept) is None

    row = rounds.key_in(
        *(village, kept, {**paid, lent[2].number: ZERO}),
        on=on,
        control=Money(158_000),
        collector="Dewi",
        where=rounds.FIELD,
    )

    assert rounds.round_of(village, kept) is row
    assert (row.payers, row.control, row.collector) == (2, Money(158_000), "Dewi")
    assert ledger.account_balance(village, chart.FIELD_CASH) - before == row.control
    for loan in lent[:2]:
        (one,) = loans.payments(village, loan)
        assert (one.entry_number, one.total) == (row.entry_number, paid[loan.number])
    assert loans.payments(village, lent[2]) == []


def test_a_list_comes_back_once_unless_it_was_reversed(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    (kept,) = rounds.make_lists(village, on, on=on)
    paid, control = {lent[0].number: Money(10_000)}, Money(10_000)
    about = {"on": on, "control": control, "collector": "Dewi"}
    row = rounds.key_in(village, kept, paid, **about)
    entry = ledger.entry(village, row.entry_number)
    with pytest.raises(rules.KeyedAlready) as refusal:
        rounds.key_in(village, kept, paid, **about)
    assert refusal.value.voucher == entry.voucher

    ledger.reverse(village, entry, on=on, reason="salah baris")

    assert rounds.round_of(village, kept) is None
    again = rounds.key_in(village, kept, paid, **about)
    assert again.entry_number != row.entry_number


def test_what_does_not_belong_to_the_paper_is_refused(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    (kept,) = rounds.make_lists(village, on, on=on, hamlet="Alas")
    about = {"control": Money(5), "collector": "Dewi"}
    with pytest.raises(rules.NotOnList) as refusal:
        rounds.key_in(village, kept, {lent[0].number: Money(5)}, on=on, **about)
    assert (refusal.value.loan, refusal.value.number) == (lent[0].number, kept.number)
    with pytest.raises(rules.KeyedBeforeMade):
        rounds.key_in(village, kept, {lent[3].number: Money(5)}, on=day(1), **about)
    with pytest.raises(rounds.NothingBrought):
        rounds.key_in(village, kept, {}, on=on, control=ZERO, collector="Dewi")
    with pytest.raises(rules.NoSuchList):
        rounds.due_list(village, 99)


def test_who_looks_after_a_loan_may_change_and_is_remembered(village):
    lent = streets(village)
    assert loans.officer_of(village, lent[0]) == "dewi"
    assert loans.looked_after(village, "dewi") == lent
    rows = loans.look_after(village, lent[:2], "rina", on=day(5))
    assert [(row.number, row.since, row.set_by) for row in rows] == [
        (1, day(5), "rina"),
    ] * 2
    assert loans.look_after(village, lent[:2], "rina", on=day(6)) == []

    moved = loans.hand_over(village, "dewi", "rina", on=day(7))

    assert {row.loan_number for row in moved} == {loan.number for loan in lent[2:]}
    assert loans.looked_after(village, "dewi") == []
    for name in ("siti", "nobody", "hasan"):
        with pytest.raises(loans.rules.NoOfficer):
            loans.look_after(village, lent[:1], name, on=day(8))


def test_who_left_is_not_an_officer_any_more(village):
    from coopbook.people.model import User

    (wati,) = furnish_street(village, ("Wati",))
    loan = lend(village, wati)
    person = village.get(User, "rina")
    person.active = False
    village.session.flush()
    with pytest.raises(loans.rules.NoOfficer):
        loans.look_after(village, [loan], "rina", on=day(8))
    assert members.member(village, wati.number) is wati


def test_a_list_looks_ahead_to_what_can_be_collected(village):
    streets(village)
    last = day(20) + rules.FURTHEST
    (kept,) = rounds.make_lists(village, last, on=day(20))
    assert kept.due_by == last
    for absurd in (last + timedelta(days=1), date(9999, 12, 31)):
        with pytest.raises(rounds.ListTooFarAhead) as refusal:
            rounds.make_lists(village, absurd, on=day(20))
        assert refusal.value.last == last


def test_a_loan_on_two_papers_that_are_out_is_named_on_both(village):
    lent = streets(village)
    on = first_due(village, lent[0])
    (first,) = rounds.make_lists(village, on, on=on, hamlet="Krajan")
    assert rounds.also_out(village, first) == {}
    (second,) = rounds.make_lists(village, on, on=on)
    both = sorted(loan.number for loan in lent[:3])
    assert rounds.also_out(village, first) == {second.number: both}
    assert rounds.also_out(village, second) == {first.number: both}
    paid = {lent[0].number: Money(10_000)}
    row = rounds.key_in(
        *(village, first, paid), on=on, control=Money(10_000), collector="Dewi"
    )
    assert rounds.also_out(village, second) == {}
    entry = ledger.entry(village, row.entry_number)
    ledger.reverse(village, entry, on=on, reason="salah baris")
    assert rounds.also_out(village, second) == {first.number: both}
    (later,) = rounds.make_lists(
        *(village, on + rounds.lists.OUT), on=on + timedelta(days=32), hamlet="Krajan"
    )
    assert rounds.also_out(village, later) == {}
