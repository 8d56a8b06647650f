"""What stands behind loans in the sample village: appraisals, security, a group."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from coopbook import appraisal, groups, loans, members, savings, security
from coopbook.appraisal import FIVE_C, Judgement, Recommendation
from coopbook.book import Book
from coopbook.groups import Given, LoanGroup, Meets
from coopbook.loans import Loan, LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.security import CollateralKind

APPRAISED = Money(2_000_000)
PLEDGED = Money(5_000_000)
SIZE, BORROW = 6, 4
THINGS = (
    (CollateralKind.VEHICLE, "Honda Beat 2019, merah", "BPKB N-0{:07d}", 9_000_000),
    (CollateralKind.LAND, "Sawah 700 m2, blok timur", "SHM 0{:05d}", 40_000_000),
    (CollateralKind.GOLD, "Gelang emas 10 gram", "Nota emas {:05d}", 14_000_000),
)
OPEN = (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED)


def look_into(book: Book, loan: Loan, on: date) -> None:
    """Let the credit officer appraise a larger loan, and take in what secures it."""
    if loan.principal <= APPRAISED:
        return
    chance = random.Random(loan.number)  # noqa: S311 - a sample
    income = Money(loan.principal.units // loan.term * chance.choice((4, 5, 6)))
    judged = {name: chance.choice([*Judgement][:2]) for name in FIVE_C}
    appraisal.appraise(
        *(book, loan),
        on=on,
        business=loan.purpose.capitalize(),
        income=income,
        expenses=Money(income.units * chance.choice((4, 5, 6)) // 10),
        judged=judged,
        recommends=Recommendation.LEND,
        visited_on=on - timedelta(days=1),
        dependants=chance.randint(0, 4),
        note="Usaha berjalan, pembukuan sederhana.",
    )
    if loan.principal >= PLEDGED:
        kind, description, paper, value = THINGS[loan.number % len(THINGS)]
        security.pledge(
            *(book, loan),
            kind=kind,
            description=description,
            document=paper.format(loan.number),
            owner=loan.member.name,
            relation="sendiri",
            value=Money(value),
            appraised_by="Dewi Anggraini",
            kept_where="Lemari besi kantor",
            on=on,
        )


def answer_for(book: Book, loan: Loan, number: int, on: date) -> None:
    """Let a neighbour answer for a loan, with a part of what is saved held."""
    who = members.member(book, number)
    account = savings.account_for(book, who, "voluntary")
    if account is None or loan.state is not LoanState.APPLIED:
        return
    free = Money(savings.available(book, account, on).units // 2)
    amount = min(free, Money(500_000))
    if amount > ZERO and who.number != loan.member_number:
        security.guarantee(
            *(book, loan, amount),
            on=on,
            relation="tetangga",
            member=who,
            account=account,
        )


class Circle:
    """A group with joint liability that meets every month, led by member 1."""

    def __init__(
        self,
        book: Book,
        acting: Callable[[str], None],
        need_cash: Callable[[date, Money], bool],
        founded: date,
    ) -> None:
        self.book, self.acting, self.need_cash = book, acting, need_cash
        self.founded = founded
        self.group: LoanGroup | None = None

    def plan(self, begin: date, joined: list[int], plan: Callable[..., None]) -> None:
        """Plan what happens in a month: the founding, or the meeting."""
        if (begin.year, begin.month) == (self.founded.year, self.founded.month):
            plan(self.founded, lambda on: self._found(joined, on))
        elif self.group is not None:
            on = groups.next_meeting(self.founded, Meets.MONTHLY, begin)
            plan(on, self._meet)

    def _found(self, joined: list[int], on: date) -> None:
        able = [who for who in (self._free(one, on) for one in joined) if who]
        first = members.member(self.book, 1)
        others = [who for who in able if who.number != 1][: SIZE - 1]
        self.acting("dewi")
        self.group = groups.found_group(
            *(self.book, "Kelompok Mawar", [first, *others]),
            leader=first,
            meets=Meets.MONTHLY,
            first_meeting=on,
            on=on,
            place="Balai dusun",
            hamlet=first.hamlet or "",
        )
        for who in others[:BORROW]:
            self._lend(who, on)

    def _free(self, number: int, on: date) -> Member | None:
        who = members.member(self.book, number)
        idle = all(each.state not in OPEN for each in loans.loans_of(self.book, who))
        may = savings.share_standing(self.book, who, on).may_borrow
        return who if idle and may else None

    def _lend(self, who: Member, on: date) -> None:
        assert self.group is not None
        self.acting("dewi")
        loan = groups.apply_for(
            *(self.book, self.group, who),
            loans.product(self.book, "productive"),
            Money(2_000_000),
            term=12,
            purpose="usaha kelompok",
            on=on,
        )
        request = loans.asked_for(self.book, loan)
        assert request is not None
        self.acting("budi")
        approvals.approve(self.book, request.number, digest=request.digest)
        if self.need_cash(on, loan.principal):
            self.acting("rina")
            loans.disburse(self.book, loan, on=on)

    def _meet(self, on: date) -> None:
        """Let everybody pay but one, for whom the leader pays a part."""
        assert self.group is not None
        rows = groups.sheet(self.book, self.group, on)
        owing = [row for row in rows if row.loan is not None and row.due > ZERO]
        leader = members.member(self.book, self.group.leader_number)
        given = []
        for place, row in enumerate(owing):
            assert row.loan is not None
            short = Money(50_000) if place == on.month % BORROW else ZERO
            by = ((leader, short),) if short and row.due > short else ()
            given.append(Given(row.loan, row.due - short if by else row.due, by))
        self.acting("rina")
        groups.meet(
            *(self.book, self.group),
            on=on,
            given=given,
            present=[row.member.number for row in rows][: len(rows) - on.month % 2],
        )
        found = groups.covers(self.book, self.group)
        if len(found) > 1 and found[0].left > ZERO:
            groups.give_back(self.book, self.group, 1, found[0].left, on=on)
