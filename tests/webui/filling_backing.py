"""What stands behind loans, for desks that are looked at: a group, lists, papers."""

from __future__ import annotations

from datetime import date

from coopbook import groups, loans, members, rounds, savings, security
from coopbook.book import Book
from coopbook.groups import Given, Meets
from coopbook.members import Member
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.security import CollateralKind
from tests.conftest import FIRST_DAY, TODAY, as_

SIZE, BORROW = 29, 20


def fill_backing(book: Book) -> None:
    """Let thirty found a group, twenty borrow, some cover; secure one, make lists."""
    street = [_joined(book, number) for number in range(SIZE)]
    leader = members.member(book, 1)
    with as_(book, "dewi"):
        group = groups.found_group(
            *(book, "Kelompok Tanggung Renteng Melati Indah", [leader, *street]),
            leader=leader,
            meets=Meets.MONTHLY,
            first_meeting=date(2026, 2, 16),
            on=FIRST_DAY,
            place="Balai Dusun Krajan Wetan",
            hamlet="Krajan",
        )
    lent = [_lent(book, group, who) for who in street[:BORROW]]
    waiting = loans.loans(book, "applied")[0]
    with as_(book, "dewi"):
        security.guarantee(
            *(book, waiting, Money(500_000)),
            on=TODAY,
            relation="tetangga sebelah rumah",
            member=street[0],
        )
        security.guarantee(
            *(book, waiting, Money(500_000)),
            on=TODAY,
            relation="suami",
            name="Harun Al Rasyid bin Abdullah",
        )
        security.pledge(
            *(book, waiting),
            kind=CollateralKind.LAND,
            description="Sawah tadah hujan seribu dua ratus meter persegi, blok timur",
            document="SHM 00123/Desa Contoh/1998",
            owner="Siti Aminah binti Haji Muhammad",
            relation="sendiri",
            value=Money(120_000_000),
            appraised_by="Kepala dusun",
            kept_where="Lemari besi kantor, kunci pada bendahara",
            on=TODAY,
            insured_until=date(2027, 1, 1),
        )
    with as_(book, "tuti"):
        rounds.make_lists(book, TODAY, on=TODAY)
        (kept, *_) = rounds.make_lists(book, TODAY, on=TODAY, hamlet="Krajan")
        first = rounds.rows_of(book, kept)[0][1]
        rounds.key_in(
            *(book, kept, {first.number: Money(10_000)}),
            on=TODAY,
            control=Money(10_000),
            collector="Rina",
        )
        due = {
            row.loan.number: row.due
            for row in groups.sheet(book, group, TODAY)
            if row.loan
        }
        groups.meet(
            *(book, group),
            on=TODAY,
            given=[
                Given(loan, due[loan.number] - Money(5_000), ((leader, Money(5_000)),))
                for loan in lent[:8]
            ]
            + [Given(loan, due[loan.number]) for loan in lent[8:]],
            present=[who.number for who in street[:20]],
            note="hujan deras",
        )
        loans.quote(book, loans.loan(book, 1), on=TODAY, valid_to=date(2026, 3, 23))


def _joined(book: Book, number: int) -> Member:
    with as_(book, "tuti"):
        name = f"Ibu Dengan Nama Yang Panjang {number}"
        who = members.admit(book, name, on=TODAY, hamlet="Krajan")
        share = savings.open_account(book, who, savings.product(book, "principal"))
        savings.deposit(book, share, Money(100_000), on=TODAY)
        for code in ("mandatory", "voluntary"):
            savings.open_account(book, who, savings.product(book, code))
    return who


def _lent(book: Book, group: groups.LoanGroup, who: Member) -> loans.Loan:
    with as_(book, "dewi"):
        loan = groups.apply_for(
            *(book, group, who, loans.product(book, "productive"), Money(600_000)),
            term=6,
            purpose="usaha kelompok",
            on=date(2026, 2, 10),
        )
    request = loans.asked_for(book, loan)
    assert request is not None
    with as_(book, "budi"):
        approvals.approve(book, request.number, digest=request.digest)
    with as_(book, "tuti"):
        loans.disburse(book, loan, on=date(2026, 2, 10))
    return loan
