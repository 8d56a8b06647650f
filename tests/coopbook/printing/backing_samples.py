"""Papers of what stands behind loans, to look at: usual ones, and all too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from coopbook.appraisal import Capacity, Judgement, Recommendation
from coopbook.groups import Meets
from coopbook.i18n import Names
from coopbook.loans import LendingLimit, LoanState
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import MONTHLY, InterestMethod, Terms
from coopbook.money import ZERO, Money, Rate
from coopbook.printing.collateral_receipt import CollateralReceipt
from coopbook.printing.group_sheet import Claim, GroupSheet, MeetingRow
from coopbook.printing.loan_analysis import Analysis, Decided
from coopbook.printing.loan_application import (
    Answering,
    Application,
    Pledged,
    Running,
)
from coopbook.printing.loan_sheet import Borrower
from coopbook.security import CollateralKind, Cover
from tests.coopbook.printing.loan_samples import HUGE, ISSUER, KIND, LENT, SITI, START
from tests.coopbook.printing.samples import ADDRESS, LONG, WIDE

TERMS = Terms(InterestMethod.FLAT, Rate.percent("1.5"), 12, step=1_000)
ON = date(2026, 6, 20)
GOOD, FAIR, POOR = Judgement
DECIDED = Decided(
    state=LoanState.APPLIED,
    steps=(("Proposed by", "Dewi Lestari", date(2026, 3, 9)),),
    board="",
    related=False,
)
ANALYSIS = Analysis(
    appraised_on=date(2026, 3, 11),
    appraised_by="Dewi Lestari",
    visited_on=date(2026, 3, 10),
    dependants=2,
    capacity=Capacity(
        *(Money(3_400_000), Money(1_900_000), Money(250_000)),
        *(Money(492_000), Fraction(1, 2)),
    ),
    judged=(GOOD, GOOD, FAIR, FAIR, GOOD),
    recommends=Recommendation.LESS,
    amount=Money(4_000_000),
    note="Warung ramai pada pagi hari; catatan belanja ada sejak Januari.",
    cover=Cover(LENT, Money(750_000), Money(5_600_000), Money(500_000)),
    limit=LendingLimit(
        *(False, Fraction(15, 100), Money(82_450_000), date(2026, 2, 28)),
        Money(6_250_000),
    ),
)
APPLICATION = Application(
    language="en",
    issuer=ISSUER,
    number=7,
    borrower=SITI,
    occupation="Pedagang",
    family=(
        ("Budi Hartono", "Husband or wife"),
        ("Rizki Hartono", "Son or daughter"),
        ("Putri Hartono", "Son or daughter"),
        ("Sumarni", "Same household"),
    ),
    spouse="Budi Hartono",
    business="Warung kelontong",
    purpose="Menambah barang dagangan",
    kind=KIND,
    amount=LENT,
    method=InterestMethod.FLAT,
    rate=TERMS.rate,
    every=MONTHLY,
    plan=tuple(schedule(TERMS, LENT, START)),
    applied_on=date(2026, 3, 9),
    officer="Dewi Lestari",
    group=None,
    guarantors=(
        Answering("Ni Made Ayu", 57, "tetangga", Money(750_000), Money(750_000)),
        Answering("Pak Karto", None, "paman", Money(500_000), ZERO),
    ),
    goods=(
        Pledged(
            *(CollateralKind.VEHICLE, "Honda Beat 2019, merah", "BPKB N-01234567"),
            *("Budi Hartono", "suami", Money(8_000_000), Money(5_600_000)),
        ),
    ),
    others=(Running(3, Names("Pinjaman Darurat", "Emergency loan"), Money(1_250_000)),),
    analysis=ANALYSIS,
    decided=DECIDED,
    code="",
)
BARE_APPLICATION = replace(
    APPLICATION,
    **dict.fromkeys(("occupation", "spouse", "business"), ""),
    **dict.fromkeys(("family", "guarantors", "goods", "others"), ()),
    analysis=None,
)
GRANTED_APPLICATION = replace(
    APPLICATION,
    group=("Melati Krajan", "Wati"),
    decided=Decided(
        state=LoanState.DISBURSED,
        steps=(
            ("Proposed by", "Dewi Lestari", date(2026, 3, 9)),
            ("Approved by", "Budi Santoso", date(2026, 3, 12)),
            ("Agreed to by the supervisors", "Hj. Aisyah", date(2026, 3, 13)),
        ),
        board="KP-2026-004",
        related=True,
    ),
    code="7F3A-09BC",
)
LONG_APPLICATION = replace(
    GRANTED_APPLICATION,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    occupation=ADDRESS,
    family=tuple(
        (LONG, relation)
        for relation in ("Husband or wife", "Son- or daughter-in-law", "Same household")
        for _ in range(2)
    ),
    spouse=LONG,
    business=f"{ADDRESS} & <lain>",
    purpose=f"{ADDRESS} & <lain>",
    kind=Names(WIDE, WIDE),
    amount=HUGE,
    plan=tuple(schedule(replace(TERMS, periods=60), HUGE, START)),
    officer=LONG,
    group=(WIDE, LONG),
    guarantors=tuple(
        Answering(LONG, number, ADDRESS, HUGE, HUGE, day)
        for number, day in ((57_000, None), (58_000, START), (None, None))
    ),
    goods=tuple(
        Pledged(
            kind, ADDRESS, "BPKB N-01234567/2019/XII-B", LONG, LONG, HUGE, HUGE, day
        )
        for kind, day in ((CollateralKind.LAND, None), (CollateralKind.HARVEST, START))
    ),
    others=tuple(
        Running(number, Names(WIDE, WIDE), HUGE) for number in range(9_000, 9_012)
    ),
    analysis=replace(
        ANALYSIS,
        appraised_by=LONG,
        capacity=Capacity(HUGE, ZERO, ZERO, HUGE, Fraction(1, 2)),
        amount=HUGE,
        note=f"{ADDRESS} & <lain> " * 5,
        cover=Cover(HUGE, HUGE, HUGE, HUGE),
        limit=LendingLimit(True, Fraction(1, 10), HUGE, START, HUGE),
    ),
    decided=Decided(
        state=LoanState.APPLIED,
        steps=(("Proposed by", LONG, START), ("Approved by", LONG, START)),
        board="",
        related=True,
    ),
)


def row(member: int, name: str, loan: int | None = None, due: int = 0, late: int = 0):
    """Return a line of a meeting's sheet; of a member's second loan not the first."""
    return MeetingRow(member, name, loan, Money(due), Money(late))


GROUP = GroupSheet(
    language="en",
    issuer=ISSUER,
    number=3,
    name="Melati Krajan",
    hamlet="Krajan RT 3",
    leader="Wati Suryani",
    meets=Meets.MONTHLY,
    place="Balai dusun",
    on=ON,
    members=5,
    rows=(
        row(3, "Wati Suryani", 4, 492_000),
        replace(row(3, "Wati Suryani", 9, 112_500, 112_500), first=False),
        row(42, "Siti Aminah", 7, 813_236, 805_000),
        row(57, "Ni Made Ayu", 12, 250_000),
        row(61, "Endang Lestari"),
        row(88, "Tuti Alawiyah", 21, 100_000, 100_000),
        replace(row(90, "Ida Royani", 22, 75_000, 75_000), here=False),
    ),
    claims=(
        Claim("0057 Ni Made Ayu", "Siti Aminah", 7, date(2026, 5, 20), Money(120_000)),
        Claim(
            "0003 Wati Suryani", "Tuti Alawiyah", 21, date(2026, 5, 20), Money(40_000)
        ),
    ),
    frozen=(date(2026, 5, 20), "Rp 885.000 tidak terbayar, pertemuan 4"),
    ended_on=None,
)
NOBODY = replace(
    GROUP, **dict.fromkeys(("rows", "claims"), ()), frozen=None, members=0, place=""
)
NOTHING_DUE = replace(
    NOBODY, members=2, rows=(row(3, "Wati Suryani", 4), row(61, "Endang Lestari"))
)
THIRTY = replace(
    GROUP,
    members=30,
    rows=tuple(
        row(number, "Ni Made Ayu Lestari", number + 100, 250_000 + number)
        for number in range(1, 31)
    ),
    claims=(),
    frozen=None,
)
LONG_GROUP = replace(
    GROUP,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    name=WIDE,
    hamlet=ADDRESS,
    leader=LONG,
    place=ADDRESS,
    members=30,
    rows=tuple(
        row(n, LONG, n, 8_777_777_777_000, 8_777_777_777_000)
        for n in range(9_000, 9_030)
    ),
    claims=tuple(Claim(f"{n} {LONG}", LONG, n, ON, HUGE) for n in range(9_000, 9_012)),
    frozen=(ON, f"{ADDRESS} & <lain>"),
    ended_on=ON,
)
RECEIPT = CollateralReceipt(
    language="en",
    issuer=ISSUER,
    number=12,
    loan=7,
    secures=7,
    borrower=SITI,
    kind=CollateralKind.VEHICLE,
    description="Honda Beat 2019, merah, D 4321 XY",
    document="BPKB N-01234567",
    owner="Budi Hartono",
    relation="suami",
    value=Money(8_000_000),
    accepted=Money(5_600_000),
    appraised_on=date(2026, 3, 10),
    appraised_by="Dewi Lestari",
    kept_where="Lemari besi kantor, map 12",
    insured_until=date(2027, 1, 1),
    received_on=START,
    received_by="Rina Wati",
    released_on=None,
    released_to="",
    released_by="",
    release_note="",
    code="7F3A-09BC",
)
RETURNED = replace(
    RECEIPT,
    secures=21,
    released_on=ON,
    released_to="Siti Aminah",
    released_by="Rina Wati",
    release_note="Pinjaman lunas",
)
LONG_RECEIPT = replace(
    RETURNED,
    issuer=replace(ISSUER, name=WIDE, place=ADDRESS),
    borrower=Borrower(42_000, LONG, ADDRESS),
    **dict.fromkeys(("description", "document", "kept_where", "release_note"), ADDRESS),
    **dict.fromkeys(("owner", "relation", "appraised_by", "released_to"), LONG),
    **dict.fromkeys(("received_by", "released_by"), LONG),
    value=HUGE,
    accepted=HUGE,
)
