"""A village with a year behind it, for tests of its end."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook import decisions, ledger, loans, members, savings
from coopbook.decisions import DecisionBody
from coopbook.ledger import Line, chart
from coopbook.money import Money
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import furnish_street, lend

YEAR_END = date(2026, 12, 31)
AFTER = date(2027, 1, 15)
MEETING = date(2027, 3, 20)


def earned(book, amount, on=date(2026, 6, 30)):
    """Take some income in that no member paid, on a day."""
    return ledger.post(
        book,
        on=on,
        memo="jasa giro",
        lines=[
            ledger.debit(chart.BANK, Money(amount)),
            ledger.credit(42_002, Money(amount)),
        ],
    )


def spent(book, amount, account=52_009, on=date(2026, 7, 31)):
    """Pay an expense from the bank."""
    return ledger.post(
        book,
        on=on,
        memo="listrik",
        lines=[
            ledger.debit(account, Money(amount)),
            ledger.credit(chart.BANK, Money(amount)),
        ],
    )


def lived(book, names=("Wati", "Tuti", "Sri")):
    """Let some neighbours save, borrow and pay interest through 2026."""
    street = furnish_street(book, names)
    for place, who in enumerate(street):
        mandatory = savings.account_for(book, who, "mandatory")
        if mandatory is None:
            product = savings.product(book, "mandatory")
            mandatory = savings.open_account(book, who, product)
        savings.deposit(
            book, mandatory, Money(50_000 * (place + 1)), on=date(2026, 2, 10)
        )
    for who, amount in zip(street, (1_200_000, 600_000), strict=False):
        loan = lend(book, who, amount)
        for row in list(loans.schedule_of(book, loan))[:6]:
            loans.repay(book, loan, row.total, on=row.due_on)
    earned(book, 300_000)
    spent(book, 45_000)
    return [members.member(book, who.number) for who in street]


def close_months(book, year=2026, last=12):
    """Close the months of a year."""
    for month in range(1, last + 1):
        ledger.close(book, f"{year}-{month:02d}")


def decided(book, on=MEETING, body=DecisionBody.MEMBERS, title="Pembagian SHU"):
    """Enter a decision; one of the members comes from a motion of their meeting."""
    if body is not DecisionBody.MEMBERS:
        return decisions.enter_decision(
            book, body=body, title=title, text="Disetujui.", on=on
        )
    from tests.coopbook.yearend.assembly import carried

    with as_(book, "budi"):
        return carried(book, on, title)


def journal(book):
    """Return the day, account, debit and credit of every line, as plain data."""
    rows = book.session.execute(
        select(Line.booked_on, Line.account_number, Line.debit, Line.credit).where(
            Line.cooperative_id == book.cooperative_id
        )
    )
    return [(day, one, left.units, right.units) for day, one, left, right in rows]
