"""The facts of the notes to a year's statements, from the book."""

from __future__ import annotations

from datetime import date

from coopbook import (
    assets,
    baddebts,
    cooperatives,
    decisions,
    funds,
    goods,
    statements,
    surplus,
    yearend,
)
from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting
from coopbook.disclosures.rules import NoteFacts
from coopbook.ledger import chart
from coopbook.ledger.queries import account, account_balance, all_card_balances
from coopbook.members.rules import MemberStatus
from coopbook.surplus import Policy
from coopbook.yearend import TextSubject


def span_of(book: Book, year: int) -> tuple[date, date]:
    """Return the first and the last day of a year of this book."""
    first, last = statements.year_of(date(year, 12, 31))
    return max(first, cooperative(book).first_day), last


def seen_on(book: Book, year: int) -> date:
    """Return the day as of which the loans of a year are looked at.

    Its last, or today in a year that still runs: what falls due until its end is not
    late yet.
    """
    first, last = span_of(book, year)
    if yearend.closing_of(book, year) is not None:
        return last
    return max(first, min(last, cooperatives.today(book)))


def note_facts(book: Book, year: int) -> NoteFacts:
    """Gather what the notes of a year say."""
    first, last = span_of(book, year)
    before = statements.year_before((first, last))
    now = baddebts.assess(book, seen_on(book, year))
    row = cooperative(book)
    standing = surplus.standings_on(book, last).values()
    return NoteFacts(
        year=year,
        name=row.name,
        place=", ".join(filter(None, (row.village, row.district))),
        registration_no=row.registration_no,
        told=statements.statements(book, first, last, beside=before),
        behind={
            f"{one.statement}.{one.row.code}": one.accounts
            for one in statements.lines_by_account(book, (first, last), before)
        },
        benefit=yearend.member_benefit(book, year),
        funds=tuple(
            (account(book, one.account), one)
            for one in funds.fund_reports(book, first, last)
        ),
        fund_uses=tuple(reversed(funds.uses(book, first, last))),
        voting=sum(one is MemberStatus.ACTIVE for one in standing),
        held=_holders(book, last),
        now=now,
        sak=baddebts.reconcile(book, now),
        related=tuple(
            (each.loan, each.outstanding) for each in now.rows if each.loan.related
        ),
        claims=account_balance(book, chart.WRITTEN_OFF, last),
        dividing=_dividing(book, year),
        written=_written(book, year),
        papers=tuple(one.document for one in decisions.documents(book, last)),
        limits=(
            setting(book, "lending_limit_related", last),
            setting(book, "lending_limit_other", last),
        ),
        assets=tuple(
            one for one in assets.worth(book, last) if not one.asset.gone(last)
        ),
        goods=tuple(one for one in goods.stocks(book, last) if one.stock.quantity),
    )


def _written(book: Book, year: int) -> str:
    row = yearend.texts_of(book, year).get(TextSubject.NOTES)
    return row.body if row else ""


def _holders(book: Book, last: date) -> int:
    """Return how many hold a principal share at the end, who left and waits among them.

    They are the cards of which the account of the statement is the sum.
    """
    held = all_card_balances(book, last)
    return sum(one == chart.PRINCIPAL_SHARE and bool(held[one, n]) for one, n in held)


def _dividing(book: Book, year: int) -> tuple[Policy, str] | None:
    """Return by what the surplus is divided, and where it is written; or nothing."""
    try:
        source = surplus.policy_row(book, year).source
        if surplus.distribution_of(book, year) is not None:
            return surplus.policy_of(book, year), source
        return surplus.draft(book, year).policy, source
    except (surplus.NoPolicy, surplus.Deficit, surplus.NothingEarned):
        return None
