"""A member's part of a year's surplus on one page (*slip SHU*)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from coopbook import decisions, surplus
from coopbook.book import Book
from coopbook.errors import Missing
from coopbook.i18n import N_, say
from coopbook.ledger import entry as find_entry
from coopbook.members import Member
from coopbook.money import Money
from coopbook.numerals import amount_in_words, in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import (
    Borrower,
    Issuer,
    Printed,
    Speech,
    pairs,
    plain,
)
from coopbook.printing.minutes_sheet import WIDTH, style
from coopbook.printing.slip import check_code
from coopbook.surplus import ACTIVITY_NAMES, CAPITAL_NAMES, Policy, Pool
from coopbook.surplus.rules import read

TEXT = style(10.5, spaceAfter=3 * mm)
WIDTHS = (WIDTH * 0.32, *[WIDTH * 0.17] * 4)


@dataclass(eq=False)
class NoSlip(Missing):
    """The member has no part in the surplus of that year."""

    sentence = N_("%(name)s has no part in the surplus of %(year)s.")

    name: str
    year: int


@dataclass(frozen=True, slots=True)
class SurplusSlip:
    """Everything on the slip: bases, pools, the member's two parts, what waits.

    ``all_capital`` and ``all_activity`` are the bases of all members who take part:
    the pool times one's base over all is one's part, but for the rounding.
    """

    language: str
    issuer: Issuer
    member: Borrower
    year: int
    decision: str
    posted_on: date | None
    policy: Policy
    capital_base: Money
    activity: Money
    all_capital: Money
    all_activity: Money
    capital_pool: Money
    patronage_pool: Money
    capital: Money
    patronage: Money
    waits: Money
    code: str

    @property
    def total(self) -> Money:
        """Both parts together."""
        return self.capital + self.patronage

    @property
    def serial(self) -> str:
        """The number of the paper."""
        return f"SHU-{self.year}-{self.member.number:04d}"


def surplus_slip_of(
    book: Book, member: Member, year: int, *, language: str = "id"
) -> SurplusSlip:
    """Return what stands on the slip; raise ``NoSlip``."""
    row = surplus.distribution_of(book, year)
    share = surplus.share_of(book, row, member.number) if row is not None else None
    if row is None or share is None:
        raise NoSlip(member.name, year)
    pools, everybody = surplus.pools_of(book, row), surplus.shares_of(book, row)
    entry = find_entry(book, row.credit_entry) if row.credit_entry else None
    return SurplusSlip(
        language=language,
        issuer=loan_sheet.issuer_of(book),
        member=loan_sheet.borrower_of(member),
        year=year,
        decision=decisions.decision(book, row.decision_number).label,
        posted_on=entry.booked_on if entry else None,
        policy=read(row.rules),
        capital_base=share.capital_base,
        activity=share.activity,
        all_capital=sum((one.capital_base for one in everybody), Money(0)),
        all_activity=sum((one.activity for one in everybody), Money(0)),
        capital_pool=pools.get(Pool.CAPITAL, Money(0)),
        patronage_pool=pools.get(Pool.PATRONAGE, Money(0)),
        capital=share.capital,
        patronage=share.patronage,
        waits=surplus.waiting_of(book, member),
        code=check_code(entry) if entry else "",
    )


def surplus_slip_pdf(of: SurplusSlip, printed: Printed) -> bytes:
    """Return the slip as a PDF; the same facts give the same bytes.

    Source: domain guide 9, "Slip SHU".
    """
    minutes_sheet.letters()
    speech = Speech(of.language)
    return loan_sheet.as_pdf(
        _story(of, speech),
        of.issuer,
        speech,
        label=of.serial,
        code=of.code,
        printed=printed,
    )


def _story(of: SurplusSlip, speech: Speech) -> Iterator[Flowable]:
    title = speech.say(N_("Your part of the surplus of %(year)s"), year=of.year)
    number = speech.say(N_("Number %(label)s"), label=of.serial)
    yield from loan_sheet.head(of.issuer, title, number, speech)
    said = speech.say(N_("decision %(label)s of the members"), label=of.decision)
    rows = [
        (speech.say(N_("Member")), f"{of.member.number:04d} {plain(of.member.name)}"),
        (speech.say(N_("Decided")), said),
    ]
    if of.posted_on is not None:
        rows.append((speech.say(N_("On your card since")), speech.day(of.posted_on)))
    yield pairs(rows)
    yield Spacer(1, 3 * mm)
    heads = [
        *("", say(N_("Yours (Rp)"), of.language)),
        say(N_("All members' (Rp)"), of.language),
        say(N_("To divide (Rp)"), of.language),
        say(N_("Your part (Rp)"), of.language),
    ]
    policy = of.policy
    capital = speech.say(N_("Return on members' shares"))
    patronage = speech.say(N_("Members' patronage"))
    lines = [
        [
            Paragraph(
                f"{capital}<br/><font size=7>"
                f"{speech.say(CAPITAL_NAMES[policy.capital_base])}</font>",
                loan_sheet.CELL,
            ),
            in_figures(of.capital_base),
            in_figures(of.all_capital),
            in_figures(of.capital_pool),
            in_figures(of.capital),
        ],
        [
            Paragraph(
                f"{patronage}<br/><font size=7>"
                f"{speech.say(ACTIVITY_NAMES[policy.activity])}</font>",
                loan_sheet.CELL,
            ),
            in_figures(of.activity),
            in_figures(of.all_activity),
            in_figures(of.patronage_pool),
            in_figures(of.patronage),
        ],
    ]
    total = [speech.say(N_("Together")), "", "", "", in_figures(of.total)]
    yield loan_sheet.figures(heads, lines, WIDTHS, words=1, total=total)
    yield Spacer(1, 3 * mm)
    words = amount_in_words(of.total, of.language)
    yield Paragraph(plain(loan_sheet.begun_large(words)), TEXT)
    waiting = N_("On your card and not taken yet, of all years: %(amount)s.")
    yield Paragraph(speech.say(waiting, amount=loan_sheet.money(of.waits)), TEXT)
