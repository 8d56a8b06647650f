"""What the members approved stays closed: at the ledger's door, and for verify."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import decisions, ledger, surplus, yearend
from coopbook.ledger import closing
from coopbook.ledger.model import Period
from coopbook.people import approvals
from coopbook.verification import verify
from coopbook.verification.verify import APPROVED
from tests.conftest import VAULT, as_
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import (
    AFTER,
    MEETING,
    YEAR_END,
    close_months,
    decided,
    earned,
    lived,
)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def closed(book, *, approved=False):
    lived(book)
    close_months(book)
    yearend.close_year(book, 2026, today=AFTER)
    if approved:
        yearend.approve_year(book, 2026, decided(book, title="Pengesahan 2026"))


def test_the_ledger_opens_no_year(village):
    closed(village)
    with (
        as_(village, "yanti"),
        pytest.raises(closing.YearNotReopenedHere, match="page of the year"),
    ):
        ledger.ask_reopen(village, "2026", reason="coba", on=AFTER)
    with pytest.raises(closing.YearNotReopenedHere):
        closing.reopen(village, "2026")
    assert ledger.is_closed(village, "2026")


def test_a_request_for_a_year_of_before_does_nothing_any_more(village):
    closed(village, approved=True)
    with as_(village, "yanti"):
        asked = approvals.ask(
            *(village, "ledger.reopen", "period:2026"),
            {"name": "2026", "reason": "lama"},
            days=7,
        )
    with as_(village, "budi"), pytest.raises(closing.YearNotReopenedHere):
        approvals.approve(village, asked.number, digest=asked.digest)
    assert ledger.is_closed(village, "2026")


@pytest.mark.parametrize("name", ["2026-12", "2026-12-31"])
def test_a_month_or_day_of_a_closed_year_opens_with_its_year(village, name):
    ledger.close(village, "2026-12-31")
    closed(village)
    with pytest.raises(closing.LaterPeriodClosed, match="Reopen 2026 first"):
        closing.reopen(village, name)
    yearend.approve_year(village, 2026, decided(village, title="Pengesahan 2026"))
    village.get(Period, "2026").closed = False
    with pytest.raises(yearend.YearApproved, match="stays closed"):
        closing.reopen(village, name)
    village.get(Period, "2026").closed = True


def test_a_day_of_an_open_year_is_opened_again(village):
    ledger.close(village, "2026-03-04")
    assert not closing.reopen(village, "2026-03-04").closed


def told(coop):
    (check,) = [
        one
        for one in verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
        if one.name == APPROVED
    ]
    return check


def force_open(book, *names):
    for name in names:
        book.get(Period, name).closed = False
    book.session.flush()


def force_closed(book, *names):
    for name in names:
        book.get(Period, name).closed = True
    book.session.flush()


@pytest.mark.parametrize("by", ["decision", "surplus"])
def test_verify_tells_an_approved_year_that_is_open_or_booked_in(coop, by):
    with whole(coop) as book:
        closed(book)
        number = decided(book).number
    assert told(coop).looked_at == 0
    with coop.open() as book:
        decision = decisions.decision(book, number)
        if by == "decision":
            yearend.approve_year(book, 2026, decision)
        else:
            surplus.set_policy(book, simple(), first_year=2026, source="AD", on=AFTER)
            surplus.approve(book, 2026, decision, on=MEETING)
            surplus.post_surplus(book, 2026, on=MEETING)
    assert (told(coop).looked_at, told(coop).finding) == (1, None)
    with coop.open() as book:
        force_open(book, "2026", "2026-12")
    assert told(coop).finding.sentence.endswith("it is open.")
    with coop.open() as book:
        late = earned(book, 1_000, on=YEAR_END)
        force_closed(book, "2026", "2026-12")
    found = told(coop).finding
    assert found.facts["voucher"] == late.voucher
    assert found.facts["on"] == "2026-12-31"
    assert found.facts["year"] == 2026


def test_a_year_opened_and_closed_before_the_meeting_is_sound(coop):
    with whole(coop) as book:
        closed(book)
        with as_(book, "yanti"):
            asked = yearend.ask_reopen_year(book, 2026, reason="salah", on=AFTER)
        with as_(book, "sari"):
            approvals.approve(book, asked.number, digest=asked.digest)
        closing.reopen(book, "2026-12")
        earned(book, 1_000, on=date(2026, 12, 30))
        yearend.close_year(book, 2026, today=AFTER)
        yearend.approve_year(book, 2026, decided(book))
        earned(book, 1_000, on=MEETING)
    assert (told(coop).looked_at, told(coop).finding) == (1, None)
