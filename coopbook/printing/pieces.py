"""The one text of a slip: what stands on it from top to bottom, whatever the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from babel.dates import format_date

from coopbook.i18n import N_, say
from coopbook.money import Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing.slip import Slip

FORMATS = {"id": "id", "en": "en_ID"}


class Look(Enum):
    """How a piece of text is set."""

    HEAD = auto()
    MIDDLE = auto()
    STRONG = auto()
    PAIR = auto()
    SUM = auto()
    BIG = auto()
    RULE = auto()
    SIGN = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text, or two that belong together: a name at the left, what it is.

    A ``SIGN`` leaves room for one or two signatures over their captions, a ``CODE``
    is drawn as squares where the paper can show them.
    """

    look: Look
    left: str = ""
    right: str = ""


def rupiah(amount: Money) -> str:
    """Write an amount with its currency, as on Indonesian paper.

    >>> rupiah(Money(1_250_000))
    'Rp 1.250.000'
    """
    return f"Rp {in_figures(amount)}"


def long_day(day: date, language: str) -> str:
    """Write a date for a document.

    >>> long_day(date(2026, 3, 16), "id")
    '16 Maret 2026'
    """
    return str(format_date(day, "d MMMM yyyy", locale=FORMATS[language]))


def pieces(slip: Slip) -> Iterator[Piece]:
    """Hand out everything on a slip, from the top down."""
    language = slip.language
    yield from _head(slip)
    yield Piece(Look.RULE)
    for name, said in (
        (N_("Date"), long_day(slip.booked_on, language)),
        (N_("Recorded"), slip.recorded),
        (N_("Member"), slip.member),
        (N_("Account or loan"), slip.account),
        (N_("Received from"), slip.payer),
        (N_("Paid how"), slip.method),
        (N_("For"), slip.memo),
    ):
        if said:
            yield Piece(Look.PAIR, say(name, language), said)
    yield Piece(Look.BIG, rupiah(slip.amount))
    yield Piece(Look.MIDDLE, amount_in_words(slip.amount, language))
    for name, amount in slip.parts:
        yield Piece(Look.SUM, name, rupiah(amount))
    yield Piece(Look.RULE)
    for name, amount in slip.balances:
        balance = say(N_("Balance of %(card)s"), language) % {"card": name}
        yield Piece(Look.SUM, balance, rupiah(amount))
    yield Piece(Look.PAIR, say(N_("At the desk"), language), slip.actor)
    yield Piece(Look.PAIR, say(N_("Check code"), language), slip.code)
    yield from _foot(slip)


def _head(slip: Slip) -> Iterator[Piece]:
    language = slip.language
    yield Piece(Look.HEAD, slip.cooperative)
    if slip.place:
        yield Piece(Look.MIDDLE, slip.place)
    if slip.registration_no:
        number = say(N_("Registration number %(number)s"), language)
        yield Piece(Look.MIDDLE, number % {"number": slip.registration_no})
    yield Piece(Look.RULE)
    yield Piece(Look.STRONG, slip.title)
    yield Piece(Look.MIDDLE, slip.voucher)
    if slip.copy:
        copy = say(N_("Copy %(number)s"), language)
        yield Piece(Look.STRONG, copy % {"number": slip.copy})
    if slip.seen:
        seen = N_("Seen on the screen, not a receipt: use the button “Print”.")
        yield Piece(Look.STRONG, say(seen, language))
    if slip.undone:
        undone = say(N_("reversed by %(voucher)s"), language)
        yield Piece(Look.STRONG, undone % {"voucher": slip.undone})


def _foot(slip: Slip) -> Iterator[Piece]:
    """Hand out where people sign and where the code is."""
    language = slip.language
    if slip.stamp and not slip.copy and not slip.seen:
        yield Piece(Look.SIGN, say(N_("duty stamp here"), language))
    theirs = N_("Recipient, signature or thumbprint") if slip.out else N_("Payer")
    yield Piece(Look.SIGN, say(theirs, language), say(N_("Teller"), language))
    if slip.out:
        witness = N_("Witness, where a thumb signs")
        yield Piece(Look.SIGN, say(witness, language))
    yield Piece(Look.CODE, f"{slip.voucher} {slip.code}")
