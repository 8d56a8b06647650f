"""Reports on bad loans to look at: a usual month, an empty book, one with too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from coopbook.baddebts import (
    PAR_DAYS,
    AllowanceMoved,
    ClassRow,
    Contacts,
    Flow,
    LoanClass,
    Losses,
    MonthlyReport,
    Policy,
    Restructured,
    Risk,
    RiskThen,
    Scale,
    TermLine,
    Worst,
)
from coopbook.cooperatives import Office
from coopbook.money import ZERO, Money
from coopbook.printing.bad_debt_report import BadDebtReport
from tests.coopbook.printing.loan_samples import HUGE, ISSUER
from tests.coopbook.printing.samples import ADDRESS, LONG, WIDE

C = LoanClass
WHOLE = 182_450_000


def risk(days: int, count: int, units: int) -> Risk:
    """Return what is at risk of the usual portfolio."""
    return Risk(days, count, Money(units), Fraction(units, WHOLE))


MONTH = MonthlyReport(
    on=date(2026, 6, 30),
    policy=Policy.KUKM,
    scale=Scale.KUKM,
    classes=(
        ClassRow(C.CURRENT, 61, Money(154_200_000), ZERO, ZERO),
        ClassRow(
            C.SUBSTANDARD, 6, Money(14_750_000), Money(2_750_000), Money(6_000_000)
        ),
        ClassRow(C.DOUBTFUL, 2, Money(5_500_000), Money(5_500_000), ZERO),
        ClassRow(C.LOSS, 3, Money(8_000_000), Money(500_000), Money(7_500_000)),
    ),
    outstanding=Money(WHOLE),
    non_performing=Fraction(28_250_000, WHOLE),
    at_risk=tuple(
        RiskThen(
            risk(days, 30 - place * 5, 60_000_000 - place * 9_000_000),
            risk(days, 28 - place * 5, 52_000_000 - place * 8_500_000),
            None,
        )
        for place, days in enumerate(PAR_DAYS)
    ),
    needed=Money(13_500_000),
    allowance=AllowanceMoved(
        *(Money(9_250_000), Money(3_000_000), Money(750_000), Money(2_500_000)),
        *(ZERO, Money(9_000_000)),
    ),
    losses=Losses(
        written_off=Flow(1, Money(2_500_000), 2, Money(4_000_000)),
        recovered=Flow(1, Money(150_000), 5, Money(900_000)),
    ),
    restructured=Restructured(
        2, Money(6_200_000), Money(48_200_000), Fraction(48_200_000, WHOLE)
    ),
    contacts=Contacts(letters=4, visits=11, promises_kept=5, promises_broken=2),
    worst=tuple(
        Worst(
            loan=7 + place,
            member=42 + place,
            name=name,
            loan_class=loan_class,
            days=days,
            arrears=Money(days * 9_000),
            outstanding=Money(4_000_000 - place * 350_000),
            next_step=step,
        )
        for place, (name, loan_class, days, step) in enumerate(
            (
                ("Pak Karto", C.LOSS, 411, "Musyawarah 4 Juli"),
                ("Ni Made Ayu", C.LOSS, 233, "Surat Peringatan III"),
                ("Endang", C.LOSS, 201, ""),
                ("Wayan Sudarsana", C.DOUBTFUL, 190, "Kunjungan 2 Juli"),
                ("Siti Aminah", C.SUBSTANDARD, 121, "Restrukturisasi"),
                ("Muhammad Ali", C.SUBSTANDARD, 98, "Surat Peringatan I"),
            )
        )
    ),
    terms=(
        TermLine(
            *(Office.BOARD, "Pengurus 2025-2028", date(2025, 1, 1), 72),
            *(14, Fraction(14), False, Money(42_000_000)),
            *(14, Fraction(14), False),
        ),
        TermLine(
            *(Office.VILLAGE_HEAD, "Pak Darto", date(2020, 8, 1), 50),
            *(11, Fraction(97, 10), False, Money(18_000_000)),
            *(4, Fraction(92, 10), False),
        ),
        TermLine(
            *(Office.VILLAGE_HEAD, "Bu Sri", date(2026, 2, 1), 22),
            *(3, Fraction(43, 10), False, Money(24_000_000)),
            *(10, Fraction(48, 10), True),
        ),
    ),
)
REPORT = BadDebtReport(
    language="en",
    issuer=ISSUER,
    report=MONTH,
    manager="Budi Santoso",
    supervisor="Sari Dewi",
    record=1_204,
    code="7F3A-09BC",
)
NOTHING = replace(
    REPORT,
    report=MonthlyReport(
        on=date(2026, 1, 31),
        policy=Policy.KUKM,
        scale=Scale.KUKM,
        classes=tuple(
            ClassRow(each, 0, ZERO, ZERO, ZERO)
            for each in (C.CURRENT, C.SUBSTANDARD, C.DOUBTFUL, C.LOSS)
        ),
        outstanding=ZERO,
        non_performing=Fraction(0),
        at_risk=tuple(
            RiskThen(Risk(days, 0, ZERO, Fraction(0)), None, None) for days in PAR_DAYS
        ),
        needed=ZERO,
        allowance=AllowanceMoved(*[ZERO] * 6),
        losses=Losses(),
        restructured=Restructured(0, ZERO, ZERO, Fraction(0)),
        contacts=Contacts(),
        worst=(),
        terms=(),
    ),
    manager="",
    supervisor="",
    record=0,
    code="",
)
MUCH = Risk(30, 99_999, HUGE, Fraction(1))
CROWDED = replace(
    REPORT,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    filter=f"Dusun Krajan & <RT 3>, {ADDRESS}",
    manager=LONG,
    supervisor=LONG,
    record=9_999_999,
    report=replace(
        MONTH,
        policy=Policy.PEARLS,
        scale=Scale.RURAL_BANK,
        classes=tuple(
            ClassRow(each, 99_999, HUGE, HUGE, HUGE)
            for each in (C.CURRENT, C.DELINQUENT, C.DELINQUENT_12)
        ),
        outstanding=HUGE + HUGE + HUGE,
        at_risk=tuple(RiskThen(*[replace(MUCH, days=days)] * 3) for days in PAR_DAYS),
        needed=HUGE + HUGE,
        allowance=AllowanceMoved(HUGE, HUGE, HUGE, HUGE, HUGE, HUGE),
        losses=Losses(*[Flow(99_999, HUGE, 99_999, HUGE)] * 3),
        restructured=Restructured(99_999, HUGE, HUGE, Fraction(1)),
        contacts=Contacts(*[99_999] * 4),
        worst=tuple(
            Worst(
                *(90_000 + n, 42_000 + n, LONG, C.DELINQUENT_12, 9_999, HUGE, HUGE),
                "Surat Peringatan III dan musyawarah di balai desa",
            )
            for n in range(20)
        ),
        terms=tuple(
            TermLine(
                *(Office.VILLAGE_HEAD, name, began, 99_999),
                *(99_999, Fraction(99_999), True, HUGE),
                *(99_999, Fraction(99_999), True),
            )
            for name, began in (
                (LONG, date(2020, 1, 1)),
                ("Pak <Darto> & Bu Sri", date(2021, 1, 1)),
                ("", None),
            )
        ),
    ),
)
