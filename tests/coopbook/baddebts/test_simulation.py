"""Five years of a village, each month's end held to a stranger who reads the export."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select

from coopbook import baddebts, exports, loans
from coopbook.baddebts import daily
from coopbook.baddebts.classes import Reason
from coopbook.baddebts.daily import LoanClassLog
from coopbook.cooperatives import Office
from coopbook.dates import months_after
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, SOAK, VAULT, found
from tests.coopbook.baddebts.helping import HelpingVillage
from tests.coopbook.baddebts.simulation import LAST_DAY, LOANS, Village
from tests.oracles.naive_portfolio import PAR, Evening, Portfolio

HEAD, BOARD = Office.VILLAGE_HEAD, Office.BOARD
SEEDS = range(20)
SEED = 3
WALKED = range(3, 9) if SOAK else [SEED]
"""Villages of which every month is worked out again by the stranger."""

HELPED = 300 if SOAK else 90
"""Loans of the village that restructures those that are long late."""

WATCHED = SEEDS if SOAK else [0, 1]
"""Villages whose terms of office are looked at."""

R = Reason
REASONS = {
    *(R.NOTHING_LATE, R.WITHIN, R.PRINCIPAL, R.INTEREST, R.MATURED),
    *(R.COVERED, R.UNCOVERED, R.TOO_LONG),
}
"""Why loans are in their class here; restructured loans have a village of their own."""


@dataclass
class Month:
    """What the book said of a month's end, in that evening."""

    loans: dict
    allowance: int
    at_risk: list
    set_aside: int | None = None
    """What the log of classes came to; nothing before it begins."""


def evening_of(each, on):
    """Return what was assessed of a loan in the words of the stranger."""
    return Evening(
        *(each.loan.number, on, each.outstanding.units, each.days),
        *(each.verdict.loan_class.value, each.deductible.units),
        each.allowance.units,
    )


def month(book, on):
    """Return what is assessed of a day; PAR as the stranger lists it."""
    now = baddebts.assess(book, on)
    risks = [now.at_risk(days) for days in PAR]
    return Month(
        {each.loan.number: evening_of(each, on) for each in now.rows},
        now.allowance.units,
        [(risk.count, risk.outstanding.units, risk.share) for risk in risks],
    )


def lived(book, village, logged_from=FIRST_DAY):
    """Let a village live; class its loans and look at them each month's end."""
    found = {}
    for on in village.live():
        found[on] = month(book, on)
        if on >= logged_from:
            classed = daily.class_loans(book, on)
            found[on].set_aside = classed.needed.units
            assert classed.running == len(found[on].loans)
    return found


def differences(portfolio, months):
    """Return where what the book said is not what the stranger finds."""
    apart = []
    for on, said in months.items():
        evenings = portfolio.evenings[on]
        for number in sorted({*said.loans, *evenings}):
            one, other = said.loans.get(number), evenings.get(number)
            if one != other:
                apart.append((one, other))
        if said.allowance != portfolio.allowance(on):
            apart.append((on, "allowance", said.allowance, portfolio.allowance(on)))
        if said.set_aside not in (None, portfolio.allowance(on)):
            apart.append((on, "set aside", said.set_aside, portfolio.allowance(on)))
        for days, risk in zip(PAR, said.at_risk, strict=True):
            if risk != portfolio.at_risk(on, days):
                apart.append((on, days, risk, portfolio.at_risk(on, days)))
    return apart


def log_apart(book, portfolio, months):
    """Return where the log of classes is not what the stranger finds."""
    apart = []
    for number in portfolio.exported.loans:
        rows = daily.rows_of(book, loans.loan(book, number))
        for on, evenings in portfolio.evenings.items():
            if months[on].set_aside is None:
                continue
            state, other = daily.logged(rows, on) or daily.ENDED, evenings.get(number)
            said = (state.loan_class and state.loan_class.value, state.days(on))
            if said != ((other.loan_class, other.days) if other else (None, 0)):
                apart.append((number, on, said, other))
    return apart


def held_to_the_export(book, folder, months):
    """Hold everything that was said of the months to the exported files."""
    exports.export(book, "csv", folder)
    assert exports.altered_files(folder) == []
    portfolio = Portfolio(folder, list(months))
    assert portfolio.differs == []
    assert differences(portfolio, months)[:3] == []
    assert log_apart(book, portfolio, months)[:3] == []
    first_late = {
        number: baddebts.first_late(book, loans.loan(book, number), LAST_DAY)
        for number in portfolio.exported.loans
    }
    assert first_late == portfolio.first_late
    now = baddebts.assess(book, LAST_DAY)
    for office in Office:
        rows = baddebts.by_term(book, office, now)
        assert {
            row.term.number: set(row.fell.loans) for row in rows if row.term
        } == portfolio.fell_in(office.value)
    return portfolio


def reasons(book):
    """Return every reason for which a loan was in its class on any day."""
    rows = select(LoanClassLog.reason).where(
        LoanClassLog.cooperative_id == book.cooperative_id
    )
    return set(book.session.scalars(rows))


@pytest.mark.parametrize("seed", WALKED)
@pytest.mark.parametrize("planted", [HEAD, None] if SOAK else [HEAD])
def test_every_month_of_five_years_is_what_a_stranger_works_out(
    sqlite_engine: Engine, tmp_path, seed, planted
):
    coop = found(sqlite_engine, bare=True)
    with coop.open() as book:
        village = Village(book, seed, LOANS, planted, at_edges=True)
        months = lived(book, village)
        portfolio = held_to_the_export(book, tmp_path / "out", months)
        assert len(months) == 60
        assert len(portfolio.exported.loans) == LOANS
        classes = portfolio.classes()
        print(seed, planted, classes)
        assert min(classes[name] for name in ("substandard", "doubtful", "loss")) >= 20
        assert reasons(book) >= REASONS
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def test_a_smaller_village_on_the_other_engine(postgresql_engine: Engine, tmp_path):
    """Its log begins after three years, with loans that run already."""
    coop = found(postgresql_engine, bare=True)
    with coop.open() as book:
        village = Village(book, SEED, 60, HEAD, at_edges=True)
        months = lived(book, village, months_after(FIRST_DAY, 36))
        portfolio = held_to_the_export(book, tmp_path / "out", months)
        assert len(portfolio.exported.loans) == 60


def test_a_village_that_helps_is_what_a_stranger_works_out(
    sqlite_engine: Engine, tmp_path
):
    """Restructured again and again, covered and not, cured and not: 60 month ends."""
    coop = found(sqlite_engine, bare=True)
    with coop.open() as book:
        village = HelpingVillage(book, SEED, HELPED, HEAD, at_edges=True)
        months = lived(book, village)
        portfolio = held_to_the_export(book, tmp_path / "out", months)
        print(village.helped, village.refused, portfolio.classes())
        carried = [evening for walk in portfolio.walks for evening in walk.kept_class]
        assert village.helped == len(portfolio.exported.replaces) >= 20
        assert R.CARRIED in reasons(book)
        assert {"substandard", "doubtful", "loss"} <= set(carried)
        assert any(walk.cured for walk in portfolio.walks if walk.carried)
        again = set(portfolio.exported.replaces) & {
            *portfolio.exported.replaces.values()
        }
        assert again
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def told(book, office):
    """Return the second report of an office: its terms, and who is flagged."""
    rows = baddebts.by_term(book, office, baddebts.assess(book, LAST_DAY))
    return rows, [row.term.began_on for row in rows if row.fell.flagged]


def top(rows):
    """Return the first day of the term with the largest ratio."""
    return max(rows, key=lambda row: row.fell.ratio).term.began_on


@pytest.mark.parametrize("seed", WATCHED)
@pytest.mark.parametrize("planted", [HEAD, BOARD] if SOAK else [HEAD])
def test_the_term_in_which_collection_stopped_is_on_top_and_alone_marked(
    sqlite_engine: Engine, seed, planted
):
    with found(sqlite_engine, bare=True).open() as book:
        village = Village(book, seed, LOANS, planted)
        for _ in village.live():
            pass
        rows, flagged = told(book, planted)
        print(seed, planted.value, village.planted_on, *map(line, rows))
        assert top(rows) == village.planted_on
        assert flagged == [village.planted_on]


@pytest.mark.parametrize("seed", WATCHED)
def test_where_nothing_was_planted_no_term_is_marked(sqlite_engine: Engine, seed):
    with found(sqlite_engine, bare=True).open() as book:
        for _ in Village(book, seed, LOANS).live():
            pass
        for office in Office:
            rows, flagged = told(book, office)
            print(seed, office.value, "nothing", *map(line, rows))
            assert flagged == []


def line(row):
    """Write a row of the report in short: term, fell late, expected, marked."""
    mark = "!" if row.fell.flagged else ""
    fell, expected = len(row.fell.loans), float(row.fell.expected)
    return f"| {row.term.began_on} {fell} of {expected:.1f}{mark}"
