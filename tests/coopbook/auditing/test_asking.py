"""What changed since a day, and members who are asked to confirm their balances."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from coopbook import auditing, ledger, loans, members, savings
from coopbook.auditing import Method, NoSample, SeedNeeded
from coopbook.ledger import chart
from coopbook.money import ZERO
from coopbook.numerals import in_figures
from coopbook.printing.audit_papers import letters_pdf, working_paper_pdf
from coopbook.printing.loan_sheet import Printed, issuer_of
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, earned, lived, spent

PRINTED = Printed("Agus", datetime(2027, 3, 21, 3, 0, tzinfo=UTC))


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        lived(book)
        yield book


def asked(book, **how):
    return auditing.confirmations(book, YEAR_END, **({"size": 3, "seed": "2026"} | how))


def test_a_letter_says_what_members_have_and_owe(village):
    found = asked(village, size=1)
    whole_count = found.sample.count
    everybody = asked(village, size=whole_count)
    for one in everybody.asked:
        saved = sum(
            (each.balance for each in savings.accounts_of(village, one.member)), ZERO
        )
        owed = sum(
            (
                loans.standing(village, loan, YEAR_END).outstanding_principal
                for loan in loans.loans_of(village, one.member)
            ),
            ZERO,
        )
        assert (one.saved, one.owed) == (saved, owed)
    assert any(one.owed for one in everybody.asked)
    told = sum((one.saved + one.owed for one in everybody.asked), ZERO)
    assert everybody.sample.total == told


@pytest.mark.parametrize("method", list(Method))
def test_the_same_seed_asks_the_same_members(village, method):
    once = asked(village, method=method)
    assert once == asked(village, method=method)
    assert len(once.asked) <= 3
    assert [one.member.number for one in once.asked] == list(once.sample.drawn)
    with pytest.raises(SeedNeeded):
        asked(village, seed=" ", method=method)
    with pytest.raises(NoSample):
        asked(village, size=999, method=method)


@pytest.mark.parametrize("language", ["id", "en"])
def test_letters_have_a_page_each_and_a_slip_to_send_back(village, language):
    found = asked(village)
    made = letters_pdf(
        found, issuer_of(village), "Agus, Jl. Raya 1", PRINTED, language=language
    )
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == len(found.asked)
    for page, one in zip(pages, found.asked, strict=True):
        assert one.member.name in page
        assert "Agus, Jl. Raya 1" in page
        for card in one.cards:
            assert in_figures(card.balance) in page
            assert card.account.said(language).split()[0] in page


def test_a_working_paper_says_how_it_was_drawn(village):
    journal = auditing.journal_of(village, date(2026, 1, 1), YEAR_END)
    sample = auditing.draw(journal.items, Method.MONETARY_UNIT, 4, "2026 Agus")
    rows = [row for row in journal.rows if row.number in sample]
    made = working_paper_pdf(
        sample, rows, issuer_of(village), "2026", PRINTED, language="en"
    )
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "2026 Agus" in said
    every, start = (f"{n:,}".replace(",", ".") for n in (sample.every, sample.start))
    assert f"every {every}, from {start} on" in said
    for row in rows:
        assert row.voucher in said
        assert in_figures(row.amount) in said


def recorded(book, at):
    """Let the book's clock stand at a moment."""
    book.clock = lambda: at


def test_what_was_recorded_since_a_day_is_told_whatever_its_date(village):
    old = earned(village, 7_000, on=date(2026, 5, 2))
    last = datetime.fromisoformat(old.recorded_at)
    since = (last + timedelta(days=2)).date()
    recorded(village, last + timedelta(days=3))
    assert auditing.changes_since(village, since).first_record is None
    back = spent(village, 900, on=since - timedelta(days=40))
    new = spent(village, 800, on=since)
    undone = ledger.reverse(village, old, on=since, reason="salah")
    ledger.reverse(village, new, on=since, reason="salah juga")
    with as_(village, "budi"):
        members.admit(village, "Orang Baru", on=since)

    found = auditing.changes_since(village, since)

    assert found.first_record == back.number
    assert found.entries == 4
    assert [row.number for row in found.back] == [back.number]
    assert [row.number for row in found.taken_back] == [undone.number]
    assert ("Members", "budi") in [(name, actor) for name, actor, _ in found.others]
    everything = auditing.changes_since(village, date(2000, 1, 1))
    assert everything.first_record == 1
    assert everything.back == everything.taken_back == ()
    assert everything.entries == len(ledger.entries(village, limit=9_999).rows)
    assert chart.BANK
