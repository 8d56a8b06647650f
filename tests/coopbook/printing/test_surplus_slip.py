"""A slip says what a member's part was worked out from, and adds up."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from pypdf import PdfReader

from coopbook import members, surplus
from coopbook.numerals import in_figures
from coopbook.printing.loan_sheet import Printed
from coopbook.printing.surplus_slip import NoSlip, surplus_slip_of, surplus_slip_pdf
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.surplus.test_handing_out import handed_out
from tests.coopbook.yearend.years import MEETING

PRINTED = Printed("Rina", datetime(2027, 3, 21, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_slip_shows_bases_pools_and_both_parts(coop, language):
    with whole(coop) as book:
        street, row = handed_out(book)
        share = surplus.share_of(book, row, street[0].number)
        facts = surplus_slip_of(book, street[0], 2026, language=language)
        said = " ".join(
            page.extract_text()
            for page in PdfReader(io.BytesIO(surplus_slip_pdf(facts, PRINTED))).pages
        )
        assert facts.total == share.total == facts.waits
        for amount in (
            *(share.capital_base, share.activity, share.capital, share.patronage),
            *(facts.capital_pool, facts.patronage_pool, share.total),
            *(facts.all_capital, facts.all_activity),
        ):
            assert in_figures(amount) in said
        for pool, base, whole_base, part in (
            (facts.capital_pool, facts.capital_base, facts.all_capital, facts.capital),
            (facts.patronage_pool, facts.activity, facts.all_activity, facts.patronage),
        ):
            exact = Fraction(pool.units * base.units, whole_base.units)
            assert abs(exact - part.units) < 1  # so a member can check it alone
        assert facts.serial in said
        assert facts.code in said
        surplus.pay(book, street[0], on=MEETING)
        later = surplus_slip_of(book, street[0], 2026)
        assert (later.total, later.waits.units) == (facts.total, 0)
        with pytest.raises(NoSlip):
            surplus_slip_of(book, members.member(book, 2), 2026)
        with pytest.raises(NoSlip):
            surplus_slip_of(book, street[0], 2025)
