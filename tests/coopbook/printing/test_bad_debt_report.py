"""The monthly report on bad loans: how it looks, and whether the book says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from PIL import Image

from coopbook import baddebts, dunning, ledger
from coopbook.cooperatives import Office, begin_term
from coopbook.money import Money
from coopbook.numerals import in_figures
from coopbook.printing.bad_debt_report import (
    BadDebtReport,
    bad_debt_report_of,
    bad_debt_report_pdf,
)
from coopbook.printing.slip import check_code
from tests.conftest import FIRST_DAY
from tests.coopbook.printing import report_samples as samples
from tests.coopbook.printing.loan_samples import PRINTED
from tests.coopbook.printing.test_backing_papers import check_room
from tests.coopbook.printing.test_images import (
    ALLOWED,
    DRAW,
    GOLDEN,
    LARGEST_PICTURE,
    pages_of,
    share_of,
)
from tests.coopbook.printing.test_loan_papers import four_greys, texts, whole
from tests.coopbook.rounds.neighbours import furnish_street, lend

SCALE = 1.0
REPORTS = {
    "bad-debt-report": samples.REPORT,
    "empty-bad-debt-report": samples.NOTHING,
    "crowded-bad-debt-report": samples.CROWDED,
}
PAPERS: dict[str, Callable[[], bytes]] = {
    f"{name}-{language}": lambda of=of, language=language: drawn(of, language)
    for name, of in REPORTS.items()
    for language in ("en", "id")
}
KEPT = [
    *("bad-debt-report-en", "bad-debt-report-id"),
    *("empty-bad-debt-report-en", "crowded-bad-debt-report-id"),
]
JUNE = date(2026, 6, 30)


def drawn(of: BadDebtReport, language: str = "en") -> bytes:
    return bad_debt_report_pdf(replace(of, language=language), PRINTED)


# -- how it looks ----------------------------------------------------------------


@pytest.mark.parametrize("name", KEPT)
def test_a_report_looks_as_the_pictures_that_are_kept(name, indonesian):
    for number, page in enumerate(pages_of(PAPERS[name](), SCALE), start=1):
        kept = GOLDEN / f"{name}-{number}.png"
        if DRAW:
            four_greys(page).save(kept, optimize=True, bits=2)
        with Image.open(kept) as golden:
            assert share_of(page, golden.convert("L")) <= ALLOWED
        assert kept.stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_leaves_the_report_or_lies_on_another(name, indonesian):
    check_room(PAPERS[name]())


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_facts_give_the_same_bytes(name, indonesian):
    assert PAPERS[name]() == PAPERS[name]()


def test_every_page_says_what_it_belongs_to_and_how_many_there_are():
    for of, count in (
        (samples.REPORT, 2),
        (samples.NOTHING, 2),
        (samples.CROWDED, 4),
    ):
        found = texts(drawn(of))
        assert len(found) == count
        for number, page in enumerate(found, start=1):
            assert f"Page {number} of {count}" in page
            assert f"{of.serial} · " in page
            if number > 1 and of is not samples.CROWDED:
                month = "June 2026" if of is samples.REPORT else "January 2026"
                head = f"Koperasi Melati · Monthly report on bad loans · {month}"
                assert f"{head} · all that ran" in page
    assert "June 2026 · Dusun Kraja…" in found[2]  # too long a head is cut


def test_only_a_report_of_some_loans_names_them():
    assert "Loans all that ran" in whole(drawn(samples.REPORT))
    assert "Loans Dusun Krajan & <RT 3>, Jalan" in whole(drawn(samples.CROWDED))


# -- what stands on it -------------------------------------------------------------


def test_a_report_says_by_which_rules_and_how_sure_they_are():
    page = texts(drawn(samples.REPORT))[0]

    for words in (
        "Number LKB-202606, June 2026",
        "As of 30 June 2026, record 1204 of the book",
        "Four classes of the ministry of cooperatives (Permen KUKM 20/2008, 14/2009: "
        "read in the regulation)",
        "0 / 50 / 75 / 100: the ministry's risk weights (Permen KUKM 14/2009: read in",
        "substandard 6 14.750.000 8,08% 2.750.000 6.000.000",
        "Total 72 182.450.000 100,00% 8.750.000 13.500.000",
        "Not performing: 15,48% of all principal.",
        "30 20 42.000.000 23,02% 35.000.000 19,18% – –",
        "A dash: there was no book yet.",
        "At the beginning 9.250.000",
        "Released (750.000)",
        "Used by write-offs (2.500.000)",
        "At the end 9.000.000",
        "The loans ask for 13.500.000",
        "To set aside 4.500.000",
        "Restructured loans 2, Rp 6.200.000",
        "Rp 48.200.000, 26,42%",
        "Letters sent 4",
        "Promises broken 2",
        "Written off 1 2.500.000 2 4.000.000",
        "Waived 0 0 0 0",
    ):
        assert words in page, words


def test_the_worst_loans_and_the_terms_stand_on_the_second_page():
    page = texts(drawn(samples.REPORT))[1]

    for words in (
        "7 0042 Pak Karto loss Musyawarah 4 Juli 411 3.699.000 4.000.000",
        "Total 11.286.000 18.750.000",
        "Bu Sri, 01/02/2026 22 3 4,3 24.000.000 10* 4,8",
        "* Far more than expected: a question to ask, not an accusation.",
        "Manager Supervisor (Budi Santoso) (Sari Dewi)",
    ):
        assert words in page, words


def test_an_empty_book_has_a_report_too():
    pages = whole(drawn(samples.NOTHING))

    assert "Total 0 0 0,00% 0 0" in pages
    assert "No loan is late." in pages
    assert "No term of office is written down." in pages
    assert "Check code" not in pages


def test_facts_do_not_change():
    with pytest.raises(FrozenInstanceError):
        samples.REPORT.record = 2


# -- from the book ---------------------------------------------------------------


def test_a_report_holds_the_figures_of_the_book(book):
    begin_term(*(book, Office.VILLAGE_HEAD, "Pak Darto"), on=FIRST_DAY, source="SK 1")
    lent = [lend(book, who) for who in furnish_street(book)]
    baddebts.provide(book, JUNE)
    dunning.note_step(
        *(book, lent[0], dunning.StepKind.CALL), on=JUNE, next_step="Kunjungan"
    )
    report = baddebts.monthly_report(book, JUNE)

    of = bad_debt_report_of(book, report, manager="Budi", supervisor="Sari")

    now = baddebts.assess(book, JUNE)
    pages = whole(drawn(of))
    last = ledger.entry(book, of.record)
    assert of.code == check_code(last)
    assert last.source == baddebts.service.PROVIDE
    assert f"{now.at_risk(30).count} {in_figures(now.at_risk(30).outstanding)}" in pages
    assert f"The loans ask for {in_figures(now.allowance)}" in pages
    assert "Wati" in pages
    assert "Kunjungan" in pages
    assert "Pak Darto, 01/01/2026 4 4 4 4.800.000 4 4" in pages
    assert now.outstanding == Money(4_800_000)
    assert not re.search(r"\d{16}", pages.replace(" ", ""))


# -- in Indonesian ---------------------------------------------------------------


@pytest.mark.parametrize("of", REPORTS.values(), ids=REPORTS)
def test_on_an_indonesian_report_no_english_is_left(of, indonesian):
    pages = whole(drawn(of, "id"))

    assert "Laporan Kredit Bermasalah Bulanan Nomor LKB-" in pages
    assert "Juni 2026" in pages or "Januari 2026" in pages
    for english in (" the ", " of ", "Principal", "Share", "Loan", "late", "Written"):
        assert english not in pages, english
