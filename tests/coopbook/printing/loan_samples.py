"""Papers of loans to look at: a usual one of each kind, and one with all too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from coopbook.i18n import Names
from coopbook.loans.arrears import LoanStanding, standing_of
from coopbook.loans.rates import cost
from coopbook.loans.replay import Early, Payment, Replay, Rules
from coopbook.loans.rules import LoanState
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import MONTHLY, InterestMethod, Terms
from coopbook.money import Money, Rate
from coopbook.printing.due_list import DueHamlet, DueList, DueRow
from coopbook.printing.loan_agreement import Agreement
from coopbook.printing.loan_card import LoanCard, Movement
from coopbook.printing.loan_sheet import Borrower, Issuer, Printed
from coopbook.printing.payoff_letter import PayoffLetter
from tests.coopbook.printing.samples import ADDRESS, LONG, WIDE

START = date(2026, 3, 16)
PRINTED = Printed("Rina Wati", datetime(2026, 3, 16, 5, 4, tzinfo=UTC))
ISSUER = Issuer("Koperasi Melati", "Bojongjaya, Sukabumi", "3201010001", "Asia/Jakarta")
SITI = Borrower(42, "Siti Aminah", "Jl. Melati 5, Krajan, Bojongjaya")
KIND = Names("Pinjaman Modal Usaha", "Working capital loan")
RULES = Rules(Rate.percent("0.1", "day"), 3)
LENT, RECEIVED = Money(5_000_000), Money(4_925_000)


def agreement(months: int = 12, lent: Money = LENT) -> Agreement:
    """Return the agreement of a flat loan of 1.5% a month, rounded up to 1,000."""
    terms = Terms(InterestMethod.FLAT, Rate.percent("1.5"), months, step=1_000)
    plan = tuple(schedule(terms, lent, START))
    received = lent - (LENT - RECEIVED)
    return Agreement(
        language="en",
        issuer=ISSUER,
        number=7,
        reference="",
        borrower=SITI,
        kind=KIND,
        purpose="Modal warung kelontong",
        principal=lent,
        received=received,
        fees=(
            ("Origination fee", Money(50_000)),
            ("Administration fee", Money(25_000)),
        ),
        method=InterestMethod.FLAT,
        rate=terms.rate,
        every=MONTHLY,
        rules=RULES,
        cost=cost(terms, received, plan, START),
        plan=plan,
        starts_on=START,
        paid_out=True,
        state=LoanState.DISBURSED,
        decided=(
            ("Proposed by", "Dewi Lestari", date(2026, 3, 9)),
            ("Approved by", "Budi Santoso", date(2026, 3, 12)),
        ),
        decision="",
        stamp=False,
        code="7F3A-09BC",
    )


AGREEMENT = agreement()
LONG_AGREEMENT = replace(
    agreement(60, Money(8_777_777_777_000)),
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    kind=Names(WIDE, WIDE),
    purpose=f"{ADDRESS} & <lain> " * 3,
    reference="PK/2019/0042/XII-B",
    rules=Rules(
        *(Rate.percent("2.375"), 7, 500, Rate.percent(10).share),
        early=Early.SHARE,
        early_share=Rate.percent(50).share,
    ),
    paid_out=False,
    state=LoanState.APPLIED,
    decided=(("Proposed by", LONG, START),),
    decision="KP-2026-001 " * 9,
    stamp=True,
    code="",
)


def stands(months: int, lent: Money, on: date) -> LoanStanding:
    """Return how such a loan stands that was paid once, and a part of once."""
    terms = Terms(InterestMethod.FLAT, Rate.percent("1.5"), months, step=1_000)
    replay = Replay(terms, lent.units, START, RULES)
    replay.take(Payment(date(2026, 4, 16), replay.plan[0].total.units))
    replay.take(Payment(date(2026, 5, 16), replay.plan[1].total.units // 2))
    return standing_of(replay, on)


CARD = LoanCard(
    language="en",
    issuer=ISSUER,
    number=7,
    reference="",
    borrower=SITI,
    hamlet="Krajan RT 3",
    kind=KIND,
    principal=LENT,
    method=InterestMethod.FLAT,
    rate=Rate.percent("1.5"),
    starts_on=START,
    paid_out=True,
    state=LoanState.DISBURSED,
    on=date(2026, 6, 20),
    standing=stands(12, LENT, date(2026, 6, 20)),
    movements=(
        Movement(START, "", LENT, lent=LENT),
        Movement(
            *(date(2026, 4, 16), "BKM-2026-000123", Money(4_583_000)),
            interest=Money(75_000),
            principal=Money(417_000),
        ),
        Movement(
            *(date(2026, 5, 15), "BKM-2026-000201", Money(4_583_000)),
            interest=Money(75_000),
            principal=Money(417_000),
            undone="BM-2026-000017",
        ),
        Movement(
            *(date(2026, 5, 16), "BKM-2026-000202", Money(4_412_000)),
            interest=Money(75_000),
            principal=Money(171_000),
        ),
    ),
    code="7F3A-09BC",
)
HUGE = Money(8_777_777_777_000)
LONG_CARD = replace(
    CARD,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    hamlet=ADDRESS,
    kind=Names(WIDE, WIDE),
    reference="PK/2019/0042/XII-B",
    principal=HUGE,
    on=date(2030, 6, 20),
    standing=stands(60, HUGE, date(2030, 6, 20)),
    movements=(
        *CARD.movements,
        Movement(START, "", HUGE, HUGE, HUGE, HUGE, -HUGE),
        Movement(START, "BKM-2026-000999", HUGE, *[HUGE] * 4, undone="BM-2026-000999"),
    ),
)
LETTER = PayoffLetter(
    language="en",
    issuer=ISSUER,
    number=7,
    borrower=SITI,
    kind=KIND,
    lent=LENT,
    lent_on=START,
    on=date(2026, 6, 20),
    settled=False,
    last_paid_on=date(2026, 5, 16),
    principal=Money(4_412_000),
    interest=Money(85_000),
    penalty=Money(1_736),
    held=Money(0),
    early=Early.TO_DATE,
    code="7F3A-09BC",
)
SETTLED_LETTER = replace(
    LETTER,
    settled=True,
    last_paid_on=date(2027, 3, 16),
    on=date(2027, 3, 18),
    principal=LENT,
    interest=Money(900_000),
    penalty=Money(0),
)
LONG_LETTER = replace(
    LETTER,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    kind=Names(WIDE, WIDE),
    last_paid_on=date(2026, 12, 31),
    **dict.fromkeys(("lent", "principal", "interest", "penalty", "held"), HUGE),
    early=Early.SHARE,
)
DUES = DueList(
    language="en",
    issuer=ISSUER,
    on=date(2026, 6, 20),
    officer="Dewi Lestari",
    hamlets=(
        DueHamlet(
            "Krajan RT 3",
            (
                DueRow(42, "Siti Aminah", 7, Money(813_236), Money(805_000), 35),
                DueRow(57, "Ni Made Ayu", 12, Money(250_000), Money(0), 0),
            ),
        ),
        DueHamlet(
            "Sukamaju",
            (DueRow(3, "Wayan Sudarsana", 4, Money(492_000), Money(492_000), 4),),
        ),
        DueHamlet(
            "", (DueRow(88, "Muhammad Ali", 21, Money(100_000), Money(100_000), 2),)
        ),
    ),
)
LONG_DUES = replace(
    DUES,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    officer=LONG,
    hamlets=tuple(
        DueHamlet(
            name,
            tuple(DueRow(n, LONG, n, HUGE, HUGE, 9_999) for n in range(9_000, 9_040)),
        )
        for name in (ADDRESS, "Krajan & <RT 3>")
    ),
)
