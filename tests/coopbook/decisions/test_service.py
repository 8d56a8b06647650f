"""Decisions are numbered without a gap; papers say how long they hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coopbook import archive, decisions
from coopbook.archive import NotAScan, ScanKind
from coopbook.decisions import DecisionBody, DocumentKind, DocumentState
from coopbook.decisions.rules import (
    DecidedByMeeting,
    DecisionEmpty,
    DocumentEmpty,
    EndsBeforeItBegins,
    NoSuchDecision,
    NoSuchDocument,
    RemindsLate,
    ReplacedAlready,
)
from coopbook.ledger import Paper
from coopbook.verification import verify
from tests.conftest import TODAY, VAULT

PDF = Paper("C:\\papers\\SK 01.pdf", "application/pdf", b"%PDF-1.4 signed")
NEW_YEAR = date(2027, 1, 1)


def decide(book, body=DecisionBody.BOARD, on=TODAY, **changes):
    said = {"title": "Jam buka", "text": "Kantor buka pukul 08.00."} | changes
    return decisions.enter_decision(book, body=body, on=on, **said)


def licence(book, **changes):
    asked = {"kind": DocumentKind.LICENCE, "title": "Izin usaha", "on": TODAY}
    return decisions.enter_document(book, **(asked | changes))


def test_each_body_numbers_its_own_decisions_by_calendar_year(book):
    labels = [
        decide(book, body, on).label
        for body, on in (
            (DecisionBody.BOARD, TODAY),
            (DecisionBody.SUPERVISORS, TODAY),
            (DecisionBody.BOARD, date(2026, 12, 31)),
            (DecisionBody.BOARD, NEW_YEAR),
            (DecisionBody.BOARD, TODAY),
        )
    ]

    assert labels == [
        *("PENGURUS-2026-001", "PENGAWAS-2026-001", "PENGURUS-2026-002"),
        *("PENGURUS-2027-001", "PENGURUS-2026-003"),
    ]


def test_a_refused_decision_leaves_no_gap(coop):
    with coop.open() as book:
        assert decide(book).label == "PENGURUS-2026-001"
    with pytest.raises(NotAScan), coop.open() as book:
        decide(book, scan=Paper("x.pdf", "application/pdf", b"no pdf"))
    with pytest.raises(ZeroDivisionError), coop.open() as book:
        decide(book)
        raise ZeroDivisionError

    with coop.open() as book:
        assert decide(book).label == "PENGURUS-2026-002"
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [one for one in checks if not one.in_order] == []


def test_a_decision_out_of_its_series_is_noticed(coop):
    with coop.open() as book:
        decide(book).label = "PENGURUS-2026-002"

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)

    (finding,) = [one.finding.said() for one in checks if not one.in_order]
    assert "PENGURUS-2026-000001 is missing" in finding


def test_members_decide_in_their_meeting_and_nobody_decides_nothing(book):
    with pytest.raises(DecidedByMeeting) as refusal:
        decide(book, DecisionBody.MEMBERS)
    assert "Open the meeting" in str(refusal.value)
    for empty in ({"title": " "}, {"text": "\n"}):
        with pytest.raises(DecisionEmpty):
            decide(book, **empty)
    with pytest.raises(NoSuchDecision):
        decisions.decision(book, 1)


def test_a_signed_paper_lies_sealed_beside_its_decision(book):
    with_paper = decide(book, scan=PDF)
    without = decide(book)
    decisions.keep_signed(book, without, PDF, on=TODAY)

    for one in (with_paper, without):
        kept = archive.latest(book, f"decision:{one.number}", ScanKind.DECISION)
        assert kept.number == one.scan_number
        assert kept.name == "SK 01.pdf"
        assert archive.opened(book, kept) == PDF.content
    later = Paper("lagi.pdf", "application/pdf", b"%PDF-1.4 again")
    decisions.keep_signed(book, without, later, on=TODAY)
    assert len(archive.scans(book, f"decision:{without.number}")) == 2
    assert without.scan_number == 3


def test_decisions_are_listed_newest_first_by_key_year_and_body(book):
    first = decide(book)
    second = decide(book, DecisionBody.SUPERVISORS)
    third = decide(book, on=NEW_YEAR)

    assert decisions.decisions(book) == [third, second, first]
    assert decisions.decisions(book, before=3, limit=1) == [second]
    assert decisions.decisions(book, year=2026) == [second, first]
    assert decisions.decisions(book, year=2025) == []
    assert decisions.decisions(book, body=DecisionBody.BOARD) == [third, first]
    assert decisions.years(book) == [2027, 2026]


def test_a_document_holds_on_its_last_day_and_no_longer(book):
    row = licence(book, expires_on=TODAY + timedelta(days=30), remind_days=30)
    for days, state in (
        (-1, DocumentState.IN_FORCE),
        (0, DocumentState.ENDS_SOON),
        (30, DocumentState.ENDS_SOON),
        (31, DocumentState.EXPIRED),
    ):
        on = TODAY + timedelta(days=days)
        (one,) = decisions.documents(book, on)
        assert (one.document, one.state, one.days_left) == (row, state, 30 - days)
        assert bool(decisions.alerts(book, on)) == (state is not DocumentState.IN_FORCE)


def test_a_paper_that_was_replaced_alarms_nobody(book):
    old = licence(book, expires_on=TODAY - timedelta(days=1))
    deed = licence(book, kind=DocumentKind.DEED, title="Akta")
    soon = licence(book, expires_on=TODAY + timedelta(days=3))
    assert [one.document for one in decisions.alerts(book, TODAY)] == [old, soon]

    new = decisions.replace_document(
        *(book, old), title="Izin baru", on=TODAY, expires_on=date(2031, 1, 1)
    )

    assert (old.replaced_by, new.kind) == (new.number, DocumentKind.LICENCE)
    assert [one.document for one in decisions.alerts(book, TODAY)] == [soon]
    states = {one.document: one.state for one in decisions.documents(book, TODAY)}
    assert states == {
        old: DocumentState.REPLACED,
        new: DocumentState.IN_FORCE,
        deed: DocumentState.IN_FORCE,
        soon: DocumentState.ENDS_SOON,
    }
    with pytest.raises(ReplacedAlready) as refusal:
        decisions.replace_document(book, old, title="Lagi", on=TODAY)
    assert refusal.value.facts == {"number": old.number, "by": new.number}
    page = decisions.documents(book, TODAY, before=new.number, limit=2)
    assert [one.document for one in page] == [soon, deed]


def test_a_document_has_a_name_and_ends_after_it_began(book):
    with pytest.raises(DocumentEmpty):
        licence(book, title="  ")
    with pytest.raises(EndsBeforeItBegins):
        licence(book, issued_on=TODAY, expires_on=TODAY - timedelta(days=1))
    for days in (-1, 731):
        with pytest.raises(RemindsLate):
            licence(book, remind_days=days)
    with pytest.raises(NotAScan):
        licence(book, scan=Paper("a.gif", "image/gif", b"GIF89a"))
    with pytest.raises(NoSuchDocument):
        decisions.document(book, 1)

    edge = licence(book, issued_on=TODAY, expires_on=TODAY, remind_days=730, scan=PDF)
    assert (edge.number, edge.scan_number) == (1, 1)
    decisions.keep_paper(book, edge, PDF, on=TODAY)
    assert edge.scan_number == 2
