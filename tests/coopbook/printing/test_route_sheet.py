"""The route sheet: whom to call on, hamlet by hamlet, with room to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coopbook import dunning, loans, members
from coopbook.dunning import StepKind, Task
from coopbook.money import Money
from coopbook.printing.route_sheet import (
    RouteSheet,
    Stop,
    Stretch,
    route_sheet_of,
    route_sheet_pdf,
)
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.printing.loan_samples import HUGE, ISSUER, PRINTED
from tests.coopbook.printing.samples import ADDRESS, LONG
from tests.coopbook.printing.test_backing_papers import check_room
from tests.coopbook.printing.test_loan_papers import texts
from tests.coopbook.printing.test_loan_papers import whole as text_of
from tests.coopbook.rounds.neighbours import furnish_street, lend

ONE = timedelta(days=1)
CROWDED = RouteSheet(
    language="en",
    issuer=ISSUER,
    on=TODAY,
    officer=LONG,
    hamlets=tuple(
        Stretch(
            name,
            tuple(
                Stop(
                    *(42_000 + number, LONG, ADDRESS, "+6281388776655", 9_999_999),
                    *(HUGE, 9_999, Task.PROMISE_BROKEN, HUGE, TODAY),
                )
                for number in range(12)
            ),
        )
        for name in ("", ADDRESS)
    ),
)


@pytest.fixture
def street(book):
    """Two neighbours in Krajan, one in Alas: all late, one has promised."""
    near, far = (
        furnish_street(book, ("Wati", "Tuti")),
        furnish_street(book, ("Endang",), hamlet="Alas"),
    )
    rows = [lend(book, who) for who in (*near, *far)]
    members.correct(book, near[0], phone="081234567890", address="Jl. Melati 3")
    dunning.note_step(
        *(book, rows[0], StepKind.CALL),
        on=TODAY - 5 * ONE,
        promised=Money(75_000),
        promised_on=TODAY - ONE,
    )
    return rows


def drawn(of: RouteSheet) -> bytes:
    return route_sheet_pdf(replace(of, language="en"), PRINTED)


def test_each_hamlet_has_its_stops_and_its_sum(book, street):
    of = route_sheet_of(book, TODAY, phones=True)

    assert [each.name for each in of.hamlets] == ["Alas", "Krajan"]
    assert of.count == 3
    first = of.hamlets[1].stops[0]
    owes = loans.standing(book, street[0], TODAY).due.total
    assert (first.name, first.task, first.amount) == (
        *("Wati", Task.PROMISE_BROKEN, owes),
    )
    assert (first.promised, first.promised_on) == (Money(75_000), TODAY - ONE)
    page = text_of(drawn(of))
    for said in (
        "Route sheet 16 March 2026",
        "Members to call on 3",
        "Wati Jl. Melati 3 +6281234567890 promise not kept",
        "75.000 15/03/2026",
        "Page 1 of 1",
    ):
        assert said in page, said


def test_a_phone_is_only_there_for_who_may_read_it(book, street):
    of = route_sheet_of(book, TODAY)

    assert {stop.phone for each in of.hamlets for stop in each.stops} == {""}
    assert "6281234567890" not in text_of(drawn(of))


def test_one_hamlet_or_one_officer_is_asked_for(book, street):
    loans.look_after(book, street[:1], "budi", on=FIRST_DAY)

    assert route_sheet_of(book, TODAY, hamlet="Alas").count == 1
    of = route_sheet_of(book, TODAY, officer="budi")
    assert (of.count, of.officer) == (1, "Budi")


def test_a_day_without_work_says_so(book):
    page = text_of(drawn(route_sheet_of(book, date(2026, 1, 5))))

    assert "Nobody has to be called on this day." in page


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_crowded_sheet_stays_on_its_pages(language):
    paper = route_sheet_pdf(replace(CROWDED, language=language), PRINTED)

    check_room(paper)
    assert paper == route_sheet_pdf(replace(CROWDED, language=language), PRINTED)
    assert len(texts(paper)) > 1
