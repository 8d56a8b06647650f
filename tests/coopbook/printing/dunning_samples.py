"""Warning letters to look at: one of each, with many installments, with long names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coopbook.baddebts import LoanClass
from coopbook.dates import months_after
from coopbook.money import Money
from coopbook.printing.loan_sheet import Borrower
from coopbook.printing.warning_letter import (
    BoardMeeting,
    Cited,
    Contact,
    NextStep,
    Unpaid,
    VillageCopy,
    WarningLetter,
)
from tests.coopbook.printing.loan_samples import HUGE, ISSUER, LENT, SITI, START
from tests.coopbook.printing.samples import ADDRESS, LONG, WIDE

PART = Money(417_000)


def unpaid(count: int, part: Money = PART) -> tuple[Unpaid, ...]:
    """Return so many installments in a row, none of them paid."""
    return tuple(
        Unpaid(
            number,
            months_after(START, number),
            part,
            Money(75_000),
            Money(17_220 * (count - number)),
        )
        for number in range(1, count + 1)
    )


FIRST = WarningLetter(
    language="en",
    issuer=ISSUER,
    level=1,
    label="SP1-000012",
    on=date(2026, 5, 2),
    borrower=SITI,
    hamlet="Krajan RT 3",
    loan=7,
    agreed_on=START,
    lent=LENT,
    outstanding=LENT,
    loan_class=LoanClass.CURRENT,
    days_past_due=16,
    unpaid=unpaid(1),
    deadline=date(2026, 5, 9),
    contact=Contact(
        "Dewi Lestari", "Credit officer", "Senin-Jumat 08.00-12.00, kantor"
    ),
    signer="Budi Santoso",
    office="Manager",
    code="7F3A-09BC",
)
SECOND = replace(
    FIRST,
    level=2,
    label="SP2-000015",
    on=date(2026, 5, 18),
    days_past_due=32,
    unpaid=unpaid(2),
    deadline=date(2026, 5, 25),
    earlier=(Cited(1, "SP1-000012", date(2026, 5, 2)),),
    guarantors=("Ni Made Ayu", "Pak Karto"),
    group="Kelompok Mawar",
)
THIRD = replace(
    SECOND,
    level=3,
    label="SP3-000021",
    on=date(2026, 6, 20),
    days_past_due=65,
    unpaid=unpaid(3),
    deadline=date(2026, 6, 27),
    earlier=(*SECOND.earlier, Cited(2, "SP2-000015", date(2026, 5, 18))),
    village=VillageCopy(date(2026, 3, 16), "KP-2026-004"),
    meeting=BoardMeeting(date(2026, 7, 1), "kantor koperasi, pukul 19.30"),
    steps=(NextStep.COVER, NextStep.GUARANTORS, NextStep.MEDIATION, NextStep.COURT),
)
TWENTY = replace(
    THIRD,
    on=date(2027, 11, 20),
    deadline=date(2027, 11, 27),
    loan_class=LoanClass.LOSS,
    days_past_due=584,
    unpaid=unpaid(20),
    meeting=BoardMeeting(date(2027, 12, 1), "kantor koperasi, pukul 19.30"),
    steps=tuple(NextStep),
)
LONG_LETTER = replace(
    TWENTY,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    hamlet=ADDRESS,
    loan=9_999_999,
    lent=HUGE,
    outstanding=HUGE,
    days_past_due=9_999,
    unpaid=tuple(
        replace(each, interest=HUGE, penalty=HUGE) for each in unpaid(14, HUGE)
    ),
    contact=Contact(LONG, "Manager & <lain>", f"{ADDRESS}; {ADDRESS}"),
    signer=LONG,
    guarantors=(LONG,) * 6,
    group=WIDE,
    village=VillageCopy(START, "KP-2026-001 " * 9),
    meeting=BoardMeeting(date(2027, 12, 1), f"{ADDRESS} & <balai>"),
)
