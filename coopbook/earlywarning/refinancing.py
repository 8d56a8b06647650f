"""Questions about loans that were paid off by another loan, and that by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coopbook import loans
from coopbook.book import Book
from coopbook.earlywarning.chaining import LONG, Chain, Link, chains
from coopbook.earlywarning.findings import Finding, Kind
from coopbook.earlywarning.queries import paid_out_by
from coopbook.earlywarning.running import Running
from coopbook.earlywarning.walking import days_late, walk
from coopbook.i18n import N_
from coopbook.loans import Loan
from coopbook.loans.changes import Tranche
from coopbook.loans.replay import Given
from coopbook.money import ZERO, Money


def chains_of(book: Book, on: date) -> list[Chain]:
    """Return every chain of loans that took each other's place by a day."""
    by_number = {loan.number: loan for loan in paid_out_by(book, on)}
    after = {
        loan.number: loan.replaces
        for loan in by_number.values()
        if loan.replaces in by_number
    }
    return [
        _chain(book, [by_number[each] for each in numbers], on)
        for numbers in chains(after)
    ]


def _chain(book: Book, papers: list[Loan], on: date) -> Chain:
    """Return the links of a chain, each loan replayed once."""
    links, settled, late = list[Link](), ZERO, 0
    for place, loan in enumerate(papers):
        going = walk(book, loan)
        reached, paid, ends = loans.paid_out(loan) - settled, ZERO, ZERO
        if loan.migrated_on is not None:
            paid += loan.paid_before_principal or ZERO
            paid += loan.paid_before_interest or ZERO
        for day, _, event, booked in going.events:
            if day > on:
                break
            if isinstance(event, Tranche):
                reached += event.amount
            elif isinstance(event, Given) and event.ends:
                ends += Money(event.penalty + event.interest + event.principal)
            elif booked is not None:
                paid += Money(booked.total)
        links.append(Link(loan.number, max(reached, ZERO), paid, late))
        settled, late = ends, 0
        if place + 1 < len(papers):
            day = papers[place + 1].disbursed_on or on
            late = days_late(going.before_its_end(day), day)
    return Chain(tuple(links))


def refinanced(
    book: Book, on: date, now: Mapping[int, Running], long: int = LONG
) -> Iterator[Finding]:
    """Ask about chains of loans whose last one runs.

    Three or more in a row, or two where the older was late on the day it was
    replaced.  Late is what the replay of that day says, so what was entered later for
    an earlier day counts.

    Source: "evergreening" of lenders; domain guide 4.5.
    """
    for chain in chains_of(book, on):
        last = chain.loans[-1]
        if last not in now or not chain.questioned(long):
            continue
        member = now[last].loan.member_number
        yield Finding(
            Kind.CHAIN,
            chain.loans,
            (member,),
            chain.never_came,
            N_(
                "Loans %(loans)s of member %(member)s took each other's place."
                " %(reached)s reached the member's hand, %(paid)s came back in money,"
                " %(never)s did not."
            ),
            {
                "loans": chain.loans,
                "member": member,
                "reached": chain.handed_out,
                "paid": chain.came_back,
                "never": chain.never_came,
            },
        )
