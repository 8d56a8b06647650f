"""The certificate of a term deposit (*bilyet simpanan berjangka*), A5 lying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.deposits.model import TermDeposit
from coopbook.deposits.rules import (
    PAYS_NAMES,
    ROLLOVER_NAMES,
    DepositState,
    NoSuchDeposit,
)
from coopbook.i18n import N_, say
from coopbook.ledger import Entry, Line
from coopbook.money import Money, Per, Rate
from coopbook.numerals import amount_in_words
from coopbook.printing.pieces import long_day, rupiah
from coopbook.printing.sheet import Sheet, at_most, drawing, in_lines
from coopbook.printing.slip import check_code

WIDTH, HEIGHT = Decimal(210), Decimal(148)
"""Source: A5, ISO 216."""
SIDE, SIZE = Decimal(18), 9.5
PERIODS = {
    Per.DAY: N_("a day"),
    Per.WEEK: N_("a week"),
    Per.MONTH: N_("a month"),
    Per.YEAR: N_("a year"),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything on the certificate of a term deposit.

    ``code`` is the check code of the entry that took the money in, empty where none
    did; ``ended_on`` stands on it where the deposit holds nothing any more.
    """

    language: str
    serial: str
    cooperative: str
    place: str
    registration_no: str
    member: int
    name: str
    amount: Money
    months: int
    rate: Rate
    opened_on: date
    matures_on: date
    rollover: str
    pays: str
    savings: int
    heir: str
    code: str
    ended_on: date | None


def deposit(book: Book, number: int) -> TermDeposit:
    """Return a term deposit by its number; raise ``NoSuchDeposit``."""
    row = book.get(TermDeposit, number)
    if row is None:
        raise NoSuchDeposit(number)
    return row


def certificate_of(book: Book, of: TermDeposit) -> Certificate:
    """Gather the certificate of a term deposit."""
    about = cooperative(book)
    opening = book.session.scalar(
        select(Entry)
        .join(Entry.lines_read)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Line.account_number == of.account_number)
        .where(Line.card_number == of.number)
        .order_by(Entry.number)
        .limit(1)
    )
    return Certificate(
        language=about.language,
        serial=f"SB-{of.number:06d}",
        cooperative=about.name,
        place=", ".join(filter(None, (about.village, about.district))),
        registration_no=about.registration_no,
        member=of.member_number,
        name=of.member.name,
        amount=of.principal,
        months=of.months,
        rate=of.rate,
        opened_on=of.opened_on,
        matures_on=of.matures_on,
        rollover=say(ROLLOVER_NAMES[of.rollover], about.language),
        pays=say(PAYS_NAMES[of.pays], about.language),
        savings=of.savings_number,
        heir=of.heir,
        code=check_code(opening) if opening else "",
        ended_on=None if of.state is DepositState.OPEN else of.ended_on,
    )


def percent_of(rate: Rate, language: str) -> str:
    """Write a rate as it is quoted, with four places at most.

    >>> percent_of(Rate.percent("6.25", "year"), "en")
    '6,25% a year'
    """
    share = Decimal(rate.share.numerator) * 100 / Decimal(rate.share.denominator)
    said = f"{share:.4f}".rstrip("0").rstrip(".")
    said = said.replace(".", ",")
    return f"{said}% {say(PERIODS[rate.per], language)}"


def certificate_pdf(of: Certificate) -> bytes:
    """Return a certificate as a PDF; the same certificate gives the same bytes."""
    title = say(N_("Certificate of term deposit"), of.language)
    about = {"title": f"{title} {of.serial}", "author": of.cooperative}
    with drawing(WIDTH, HEIGHT, language=of.language, **about) as (sheet, memory):
        _frame(sheet)
        base = _head(sheet, of, title)
        base = _amount(sheet, of, base)
        _terms(sheet, of, base)
        _foot(sheet, of)
        sheet.canvas.showPage()
    return memory.getvalue()


def _frame(sheet: Sheet) -> None:
    """Draw the double edge that papers of value have."""
    for inset, thick in ((Decimal(7), 1.4), (Decimal("8.2"), 0.4)):
        sheet.box(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, thick)


def _head(sheet: Sheet, of: Certificate, title: str) -> Decimal:
    room = WIDTH - 2 * SIDE
    base = Decimal(18)
    middle = room - 2 * Decimal(38)
    size = 14 if len(in_lines(of.cooperative, middle, 14, bold=True)) == 1 else 11
    names = at_most(in_lines(of.cooperative, middle, size, bold=True), 2)
    for place, name in enumerate(names):
        base += 5 if place else 0
        sheet.text(
            *(name, SIDE + 38, base),
            size=size,
            width=middle,
            bold=True,
            align="center",
        )
    under = [of.place]
    if of.registration_no:
        number = say(N_("Registration number %(number)s"), of.language)
        under.append(number % {"number": of.registration_no})
    for said in filter(None, under):
        base += Decimal("4.6")
        sheet.text(said, SIDE, base, size=8, width=room, align="center")
    serial = say(N_("No. %(number)s"), of.language) % {"number": of.serial}
    sheet.text(
        serial, WIDTH - SIDE - 36, Decimal(18), size=SIZE, width=Decimal(36),
        bold=True, align="right",
    )  # fmt: skip
    base += 4
    sheet.rule(SIDE, base, room, 1)
    base += 8
    sheet.text(
        title.upper(), SIDE, base, size=13, width=room, bold=True, align="center"
    )
    if of.ended_on is not None:
        base += 6
        ended = say(N_("ended on %(day)s, pays nothing any more"), of.language)
        said = ended % {"day": long_day(of.ended_on, of.language)}
        sheet.text(
            said.upper(), SIDE, base, size=SIZE, width=room, bold=True, align="center"
        )
    return base


def _amount(sheet: Sheet, of: Certificate, base: Decimal) -> Decimal:
    room = WIDTH - 2 * SIDE
    base += 11
    sheet.text(
        rupiah(of.amount), SIDE, base, size=18, width=room, bold=True, align="center"
    )
    words = amount_in_words(of.amount, of.language)
    for line in in_lines(f"({words})", room, SIZE):
        base += Decimal("4.8")
        sheet.text(line, SIDE, base, size=SIZE, width=room, align="center")
    return base


def _terms(sheet: Sheet, of: Certificate, base: Decimal) -> None:
    """Set what was agreed in two columns."""
    base += 9
    gap = Decimal(8)
    each = (WIDTH - 2 * SIDE - gap) / 2
    for column, rows in enumerate((_whose(of), _agreed(of))):
        left, at = SIDE + column * (each + gap), base
        wide = each * Decimal("0.38")
        for name, said in rows:
            sheet.text(name, left, at, size=8.5, width=wide - 1)
            lines = in_lines(said, each - wide, 8.5, bold=True)
            for place, line in enumerate(at_most(lines, 2)):
                at += Decimal("4.2") if place else 0
                sheet.text(
                    *(line, left + wide, at), size=8.5, width=each - wide, bold=True
                )
            at += Decimal("5.2")


def _whose(of: Certificate) -> Iterator[tuple[str, str]]:
    for name, said in (
        (N_("Name"), of.name),
        (N_("Member number"), f"{of.member:04d}"),
        (N_("Heir"), of.heir or "–"),
        (N_("Interest paid"), of.pays),
        (N_("Paid to"), say(N_("savings account %(number)s"), of.language)),
    ):
        yield say(name, of.language), said.replace("%(number)s", str(of.savings))


def _agreed(of: Certificate) -> Iterator[tuple[str, str]]:
    months = say(N_("%(count)s months"), of.language) % {"count": of.months}
    for name, said in (
        (N_("Term"), months),
        (N_("Rate"), percent_of(of.rate, of.language)),
        (N_("From"), long_day(of.opened_on, of.language)),
        (N_("Matures on"), long_day(of.matures_on, of.language)),
        (N_("Then"), of.rollover),
    ):
        yield say(name, of.language), said


def _foot(sheet: Sheet, of: Certificate) -> None:
    """Draw the lines for two signatures and say how the paper is checked."""
    each, base = Decimal(58), HEIGHT - 20
    for left, name in (
        (SIDE, N_("Member’s signature")),
        (WIDTH - SIDE - each, N_("For the cooperative")),
    ):
        sheet.rule(left, base - 4, each)
        said = say(name, of.language)
        sheet.text(said, left, base, size=8.5, width=each, align="center")
    notes = [say(N_("Not for sale or transfer."), of.language)]
    if of.code:
        code = say(N_("Check code"), of.language)
        notes.append(f"{code} {of.code}")
    sheet.text(
        *(" · ".join(notes), SIDE, HEIGHT - 13),
        size=8,
        width=WIDTH - 2 * SIDE,
        align="center",
    )
