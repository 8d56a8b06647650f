"""The notes to the statements: they tie to the lines, and are the same on paper."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from coopbook import assets, goods, ledger, statements, surplus, yearend
from coopbook.disclosures import Cell, Grid, Prose, Said, note_facts, notes_of
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.numerals import in_figures
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.statement_paper import statements_pdf
from coopbook.yearend import TextSubject
from tests.coopbook.goods.shop import RICE, bought, opened
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import AFTER, close_months, lived

PRINTED = Printed("Budi Hartono", datetime(2027, 3, 21, 3, 0, tzinfo=UTC))


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        lived(book)
        surplus.set_policy(book, simple(), first_year=2026, source="AD 45", on=AFTER)
        close_months(book)
        yearend.close_year(book, 2026, today=AFTER)
        yield book


def noted(book, key, language="en", year=2026):
    return next(
        each for each in notes_of(note_facts(book, year), language) if each.key == key
    )


def test_accounts_under_each_line_come_to_the_line_of_the_statement(village):
    told = statements.statements(
        village, date(2026, 1, 1), date(2026, 12, 31), beside=None
    )
    (grid,) = noted(village, "lines").pieces
    sums: dict[tuple[str, str], Money] = {}
    line = None
    for row in grid.rows:
        if isinstance(row[1], Cell):
            line = row[1].line
            sums[line] = ZERO
        else:
            sums[line] += row[2]
    for name, found in (("position", told.position), ("surplus", told.surplus)):
        for figure in found.figures:
            if figure.row.kind.value != "line" or figure.row.code == "surplus":
                continue
            assert sums.get((name, figure.row.code), ZERO) == figure.amount, figure
    assert len(sums) > 5


@pytest.mark.parametrize("language", ["id", "en"])
def test_paper_says_what_the_notes_say(village, language):
    yearend.write_text(
        village, 2026, TextSubject.NOTES, "Banjir <b>besar</b> & panen.", on=AFTER
    )
    made = statements_pdf(
        *(village, date(2026, 1, 1), date(2026, 12, 31), PRINTED), language=language
    )
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    paper = re.sub(r"\s+", "", said)
    for place, note in enumerate(notes_of(note_facts(village, 2026), language), 1):
        assert re.sub(r"\s+", "", f"1.{place} {note.title}") in paper
        for piece in note.pieces:
            for text in texts_of(piece):
                assert re.sub(r"\s+", "", text) in paper, text


def texts_of(piece):
    """Hand out every text and every figure of a piece, row by row."""
    match piece:
        case Said(text) | Prose(text):
            yield text
        case Grid():
            yield from piece.heads[: piece.words]
            for row in piece.rows:
                for each in row:
                    match each:
                        case Money():
                            yield in_figures(each)
                        case Cell():
                            yield each.text
                            yield each.under
                        case str():
                            yield each


def test_sak_ep_is_first_applied_in_its_first_year_and_before_it_not(village):
    facts = note_facts(village, 2026)

    def basis(year):
        from dataclasses import replace

        (basis,) = [
            each
            for each in notes_of(replace(facts, year=year), "en")
            if each.key == "basis"
        ]
        return basis.pieces[-1].text

    assert basis(2025).startswith("2025 is the first year under SAK EP")
    assert basis(2026) == (
        "The statements follow SAK EP (Permenkop 2/2024), since 2025."
    )
    assert "this year is before it" in basis(2024)


def test_what_is_not_decided_written_or_restated_is_said(coop):
    with whole(coop) as book:
        lived(book)
        assert noted(book, "surplus").pieces == (
            Said("There is nothing to divide, or nothing is decided."),
        )
        assert noted(book, "events").pieces == (
            Said("Nothing was written for this chapter."),
        )
        assert noted(book, "claims").pieces == (Said("There are none."),)
        assert noted(book, "restated").pieces == (
            Said("They are those that were shown a year ago."),
        )


def test_the_division_is_said_by_its_shares_and_where_it_is_written(village):
    (said,) = noted(village, "surplus", "id").pieces
    assert said.text.endswith("Tertulis di AD 45.")
    assert "%" in said.text


def test_assets_and_goods_are_what_their_accounts_hold_at_the_end(coop):
    with coop.open() as book:
        opened(book)
        assert noted(book, "assets").pieces == (Said("There are none."),)
        assert not [
            n for n in notes_of(note_facts(book, 2026), "en") if n.key == "goods"
        ]
        bought(book, 10, 110_000)
        goods.sell(book, [(RICE, 2_500)], on=date(2026, 3, 1))
        assets.enter_asset(
            *(book, "Mesin jahit"),
            account=13_004,
            cost=Money(1_200_000),
            on=date(2026, 1, 20),
            months=12,
            paid_from=chart.BANK,
        )
        assets.depreciate(book, 2026, 3)
        (grid,) = noted(book, "goods", "id").pieces
        assert grid.rows == [["Beras", "7,5 kg", Money(82_500)]]
        held = ledger.account_balance(book, chart.INVENTORY)
        assert grid.total == ("Jumlah", None, held)
        (grid,) = noted(book, "assets", "id").pieces
        assert grid.rows[0][1:] == [Money(1_200_000), Money(300_000), Money(900_000)]
        assert grid.total[1:] == (Money(1_200_000), Money(300_000), Money(900_000))
