"""The annual meeting's book: every chapter, its figures those of the book."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from coopbook import budgets, health, settlement, surplus, yearend
from coopbook.exports.meeting_annex import meeting_annex_xlsx
from coopbook.health import Group
from coopbook.members.rules import MemberStatus
from coopbook.money import Money
from coopbook.numerals import in_figures
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.meetingbook import meeting_book_of, meeting_book_pdf
from coopbook.printing.meetingbook.facts import Part
from coopbook.yearend import TextSubject
from tests.conftest import TODAY
from tests.coopbook.earlywarning.villages import today_is
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import AFTER, MEETING, close_months, decided, lived

PRINTED = Printed("Budi Hartono", datetime(2027, 3, 21, 3, 0, tzinfo=UTC))
CHAPTERS = {
    "id": (
        *("Undangan dan acara", "Laporan pengurus", "Anggota dan pengurus", "Laporan"),
        *("Catatan atas laporan keuangan", "Kualitas pinjaman", "Kesehatan"),
        *("Laporan pengawas", "SHU dan pembagiannya", "Rencana kerja dan anggaran"),
        *("SHU per anggota", "Keputusan dan tanda tangan"),
    ),
    "en": (
        *("Invitation and agenda", "Report of the board", "Members and officers"),
        *("Statements", "Notes to the statements", "Quality of loans", "Health"),
        *("Report of the supervisors", "The surplus and what becomes of it"),
        *("Plan and budget", "The surplus, member by member"),
        "Decisions and signatures",
    ),
}


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        lived(book)
        surplus.set_policy(book, simple(), first_year=2026, source="AD 45", on=AFTER)
        close_months(book)
        yearend.close_year(book, 2026, today=AFTER)
        yield book


def pages(made):
    return [
        " ".join(page.extract_text().split())
        for page in PdfReader(io.BytesIO(made)).pages
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_chapter_is_where_the_contents_say(village, language):
    facts = meeting_book_of(village, 2026, language=language)
    found = pages(meeting_book_pdf(facts, PRINTED))
    contents = found[1]
    for number, words in enumerate(CHAPTERS[language], start=1):
        title = f"{number}. {words}"
        assert title in contents, title
        (at,) = [n for n, page in enumerate(found, 1) if n > 2 and title in page]
        # The number stands at the end of the dotted line, drawn before the title.
        before = contents.split(title, 1)[0]
        assert before.replace(".", " ").split()[-1] == str(at), title
    said = "Page" if language == "en" else "Halaman"
    of = "of" if language == "en" else "dari"
    for number, page in enumerate(found, start=1):
        assert f"{said} {number} {of} {len(found)}" in page


def test_its_figures_are_those_of_the_statements_and_the_surplus(village):
    facts = meeting_book_of(village, 2026, language="en")
    said = " ".join(pages(meeting_book_pdf(facts, PRINTED)))
    told = facts.told
    for amount in (
        told.position.amount("total_assets"),
        told.position.amount("total_equity"),
        told.surplus.amount("net_surplus"),
        told.cash.closing,
    ):
        assert in_figures(amount) in said
    draft = surplus.draft(village, 2026)
    for pool, amount in draft.division.pools.items():
        assert in_figures(amount) in said, pool
    for one in facts.division.parts:
        row = f"{one.member:04d} {one.name} {in_figures(one.shares)}"
        assert row in said
    assert "Proposed to the meeting; nothing is decided yet." in said
    assert "NO" not in said.split("Do the statements tie?")[1][:600]


def test_what_people_wrote_decided_and_planned_stands_in_it(village):
    yearend.write_text(
        village, 2026, TextSubject.BOARD, "Tahun <b>baik</b> & ramai.", on=AFTER
    )
    budgets.plan(village, 2027, 52_009, Money(600_000), on=AFTER)
    health.answer(
        *(village, 2026, Group.GENERAL), yes=12, no=0, said_by="pengawas", on=AFTER
    )
    decision = decided(village, title="Laporan 2026")
    surplus.approve(village, 2026, decision, on=MEETING)
    said = " ".join(
        pages(meeting_book_pdf(meeting_book_of(village, 2026, language="en"), PRINTED))
    )
    assert "Tahun <b>baik</b> & ramai." in said
    assert f"Decided by the members: {decision.label}." in said
    assert "52009 Utilities and internet 600.000 45.000" in said
    assert "4 of 4 members with a vote" in said
    assert "26 questions about the management are not answered." in said


def test_a_year_that_is_open_is_marked_a_draft(coop):
    with coop.open() as book:
        lived(book)
        facts = meeting_book_of(book, 2026, language="en")
        said = pages(meeting_book_pdf(facts, PRINTED))
    assert "Draft: the year is not closed" in said[0]
    assert "How the surplus is divided is not written down yet." in " ".join(said)


def test_an_empty_year_makes_a_book(coop):
    with coop.open() as book:
        facts = meeting_book_of(book, 2027, language="id")
        found = pages(meeting_book_pdf(facts, PRINTED))
    assert len(found) >= 12


def test_the_same_facts_make_the_same_bytes(village):
    facts = meeting_book_of(village, 2026)
    assert meeting_book_pdf(facts, PRINTED) == meeting_book_pdf(facts, PRINTED)


def test_ten_thousand_members_are_listed_and_progress_is_told(village):
    facts = meeting_book_of(village, 2026)
    many = tuple(
        Part(number, f"Anggota {number}", *[Money(number)] * 4)
        for number in range(1, 10_001)
    )
    facts = replace(facts, division=replace(facts.division, parts=many))
    heard = []
    began = time.monotonic()
    made = meeting_book_pdf(facts, PRINTED, lambda done, of: heard.append((done, of)))
    took = time.monotonic() - began
    print(f"{took:.1f} s for 10,000 members")
    assert heard[0] == (400, 10_000)
    assert heard[-1] == (10_000, 10_000)
    found = pages(made)
    assert "10000 Anggota 10000" in found[-2]


def test_the_annex_adds_up_what_the_book_lists(village):
    made = meeting_annex_xlsx(village, 2026, language="en")
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    rows = book.get_sheet_by_name("Surplus by member").to_python()
    listed = [row for row in rows if isinstance(row[0], float)]
    draft = surplus.draft(village, 2026)
    assert [row[6] for row in listed] == [
        one.total.units for one in draft.division.shares
    ]
    total = next(row for row in rows if row[0] == "Total")
    assert total[6] == draft.division.of_members.units


def test_movement_of_members_leads_from_the_first_to_the_last_day(village):
    moved = meeting_book_of(village, 2026).movement
    gone = sum(moved.gone.values()) + moved.other
    assert moved.beginning + moved.came - gone == moved.end
    assert date(2026, 1, 1) <= AFTER


def test_who_joins_and_leaves_within_a_year_is_counted_both_times(coop):
    """Comparing the first and the last day would show neither."""
    with coop.open() as book:
        stays, goes = furnish_street(book, ("Wati", "Tuti"))
        before = meeting_book_of(book, 2026).movement
        row = settlement.begin(
            *(book, goes, MemberStatus.RESIGNED), on=date(2026, 3, 1), reason="pindah"
        )
        assert row is not None
        facts = meeting_book_of(book, 2026)
        assert stays.status is MemberStatus.ACTIVE
    assert (before.came, before.gone, before.end) == (before.end, {}, before.end)
    after = facts.movement
    assert after.came == before.came
    assert after.gone == {MemberStatus.RESIGNED: 1}
    assert after.end == before.end - 1
    assert facts.noted.held == before.end  # who left and is not settled holds a share


def test_loans_of_a_year_that_runs_are_looked_at_as_of_today(coop):
    """What falls due until its end is not late yet."""
    with coop.open() as book:
        lend(book, furnish_street(book, ("Wati",))[0], on=TODAY)
        with today_is(book, TODAY):
            now = meeting_book_of(book, 2026).now
    assert now.on == TODAY
    assert now.at_risk(1).count == 0
