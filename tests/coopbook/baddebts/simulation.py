"""A village that borrows for five years: payers good, late, gone and favoured.

The same seed is the same village.  Everything goes through the services of the book,
in the order of days.  Where a change of office is *planted*, nobody collects for a
year and a half from its first day on: the favoured, and a part of those who pay late,
stop paying until somebody comes again.  Where nothing is planted the same people live
the same lives.

``at_edges`` is for looking closely: every other loan is paid out on one of the last
three days of a month, where the months of the classes end; who pays very late comes on
the thirty-first day; what is pledged is worth more, so that loans stay doubtful long.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from coopbook import ledger, loans, members, savings, security
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import months_after
from coopbook.ledger import chart, credit, debit
from coopbook.loans import InterestMethod, LoanState
from coopbook.loans.conditions import Conditions
from coopbook.loans.daycount import Unit
from coopbook.loans.model import LoanProduct
from coopbook.loans.planning import RoundedTooCoarsely
from coopbook.loans.terms import Every
from coopbook.members import Relation
from coopbook.money import ZERO, Money, Per, Rate
from coopbook.people import Role, add_user
from coopbook.security import CollateralKind
from tests.conftest import FIRST_DAY, PASSWORD_HASH, as_
from tests.coopbook.earlywarning.villages import today_is
from tests.coopbook.gone_bad import by_law
from tests.coopbook.rounds.neighbours import approve

ONE = timedelta(days=1)
YEARS, LOANS = 5, 300
LAST_DAY = months_after(FIRST_DAY, 12 * YEARS) - ONE
UNCOLLECTED_MONTHS = 18
GOOD, LATE, FAVOURED = "good", "late", "favoured"
MANNERS = [GOOD] * 10 + [LATE] * 5 + [FAVOURED] * 5
HEEDS = 0.7
"""How many of those who pay late do so only because somebody collects."""

GOES_AWAY = 1 / 250
"""How likely a borrower is never seen again, from one installment to the next."""


@dataclass(frozen=True)
class Kind:
    """A kind of loan: what it is called, how it is repaid, for how many periods."""

    code: str
    method: InterestMethod
    rate: Rate
    step: int
    terms: tuple[int, ...]
    every: Every = field(default_factory=Every)
    often: int = 1


M = InterestMethod
KINDS = (
    Kind("modal", M.FLAT, Rate.percent("1.5"), 1_000, (6, 10, 12, 18, 24), often=8),
    Kind("rumah", M.DECLINING, Rate.percent("2"), 500, (6, 10, 12), often=4),
    Kind("motor", M.ANNUITY, Rate.percent("18", per=Per.YEAR), 100, (12, 24), often=4),
    Kind(
        *("pasar", M.FLAT, Rate.percent("0.5", per=Per.WEEK), 1_000, (26, 30)),
        every=Every(1, Unit.WEEK),
    ),
    Kind("panen", M.BULLET_END, Rate.percent("1.5"), 1, (6, 8), often=1),
    Kind("ternak", M.BULLET, Rate.percent("1.5"), 1, (6, 12), often=1),
    Kind(
        *("kebun", M.FLAT, Rate.percent("1.5"), 1_000, (2, 4)),
        every=Every(6),
    ),
)


@dataclass
class Borrower:
    """A member, how they pay, and the loan that runs."""

    number: int
    manner: str
    heeds: bool
    """One who pays late may pay only because somebody collects."""

    account: int
    loan: int | None = None


@dataclass
class Running:
    """A loan that runs: when it falls due, when its borrower goes away, if ever."""

    number: int
    who: Borrower
    due: list[date]
    away_from: int | None


class Village:
    """The members of a cooperative and what they do, month by month."""

    def __init__(
        self,
        book,
        seed: int,
        count: int = LOANS,
        planted: Office | None = None,
        *,
        at_edges: bool = False,
    ) -> None:
        self.book, self.count, self.planted = book, count, planted
        self.at_edges = at_edges
        self.seed = seed
        self.chance = random.Random(seed)
        self.people: list[Borrower] = []
        self.running: dict[int, Running] = {}
        self.happenings: list[tuple[date, int, Callable[[date], None]]] = []
        self.order = 0
        self.changes = self._changes()
        self.silent = self._silent()

    def _changes(self) -> dict[Office, list[date]]:
        """Return the first days of the terms of each office."""
        chance = random.Random(f"terms {self.seed}")
        heads = [0, chance.randint(16, 22), chance.randint(38, 43)]
        boards = [0, chance.randint(27, 33)]
        after = lambda months: months_after(FIRST_DAY, months)  # noqa: E731
        return {
            Office.VILLAGE_HEAD: [after(months) for months in heads],
            Office.BOARD: [after(months) for months in boards],
        }

    def _silent(self) -> tuple[date, date] | None:
        """Return the first and the last day on which nobody collects."""
        if self.planted is None:
            return None
        begun = self.changes[self.planted]
        place = 1 + self.seed % (len(begun) - 1)
        end = months_after(begun[place], UNCOLLECTED_MONTHS)
        return begun[place], min(end, *begun[place + 1 :], LAST_DAY + ONE) - ONE

    @property
    def planted_on(self) -> date:
        """The first day of the planted term."""
        assert self.silent is not None
        return self.silent[0]

    def collects(self, on: date) -> bool:
        """Say whether somebody collects on a day."""
        return self.silent is None or not self.silent[0] <= on <= self.silent[1]

    def plan(self, on: date, do: Callable[[date], None]) -> None:
        """Let something happen on a day, after what was planned for it before."""
        self.order += 1
        heapq.heappush(self.happenings, (on, self.order, do))

    # -- five years ------------------------------------------------------------

    def live(self) -> Iterator[date]:
        """Let five years pass; hand out the last day of each month in its evening."""
        self._settle()
        for office, days in self.changes.items():
            for place, on in enumerate(days):
                self.plan(on, self._takes_office(office, place))
        for place in range(self.count):
            first = months_after(FIRST_DAY, place * 12 * YEARS // self.count)
            on = first + self.chance.randrange(28) * ONE
            if self.at_edges and place % 2:
                on = months_after(first, 1) - (1 + place // 2 % 3) * ONE
            self.plan(max(on, FIRST_DAY + ONE), self._lend)
        if self.silent is not None:
            self.plan(self.silent[1] + ONE, self._collect_again)
        for month in range(1, 12 * YEARS + 1):
            evening = months_after(FIRST_DAY, month) - ONE
            while self.happenings and self.happenings[0][0] <= evening:
                on, _, do = heapq.heappop(self.happenings)
                do(on)
            yield evening

    def _takes_office(self, office: Office, place: int) -> Callable[[date], None]:
        def begin(on: date) -> None:
            name = f"{office.value} {place + 1}"
            begin_term(self.book, office, name, on=on, source=f"SK {place + 1}")

        return begin

    def _settle(self) -> None:
        book = self.book
        by_law(book, "share_arrears_to_borrow", 9_999)
        much = Money(20_000_000_000)
        lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        for kind in KINDS:
            book.session.add(_product(book, kind))
        book.session.flush()
        for place in range(self.count * 3 // 5):
            self._join(place)
        self._give_kin()

    def _join(self, place: int) -> None:
        book, chance = self.book, self.chance
        who = members.admit(book, f"Warga {place + 1}", on=FIRST_DAY)
        share = savings.open_account(book, who, savings.product(book, "principal"))
        savings.deposit(book, share, Money(100_000), on=FIRST_DAY)
        free = savings.open_account(book, who, savings.product(book, "voluntary"))
        self.people.append(
            Borrower(
                *(who.number, chance.choice(MANNERS)),
                heeds=chance.random() < HEEDS,
                account=free.number,
            )
        )

    def _give_kin(self) -> None:
        """Let the manager of the cooperative be kin of three of the favoured."""
        manager, *others = (
            members.member(self.book, one.number) for one in self.people
        )
        add_user(
            *(self.book, "ketua", "Ketua", PASSWORD_HASH, [Role.MANAGER]),
            on=FIRST_DAY,
            hashed=True,
            member_number=manager.number,
        )
        favoured = {one.number for one in self.people if one.manner == FAVOURED}
        for kin in [one for one in others if one.number in favoured][:3]:
            members.add_kin(self.book, manager, Relation.SIBLING, other=kin)

    # -- lending ---------------------------------------------------------------

    def _lend(self, on: date) -> None:
        book, chance = self.book, self.chance
        free = [one for one in self.people if one.loan is None]
        who = chance.choice(free)
        kind = chance.choices(KINDS, [kind.often for kind in KINDS])[0]
        amount = Money(chance.randrange(600, 9_900, 50) * 1_000)
        term = chance.choice(kind.terms)
        with today_is(book, on):
            try:
                loan = self._asked(who, kind, amount, term, on)
            except RoundedTooCoarsely:  # too little for so many installments
                loan = self._asked(who, kind, amount + Money(1_000_000), term, on)
            approve(book, loans.asked_for(book, loan))
            if loan.related is not None:
                approve(book, loans.asked_for(book, loan), by="sari")
            away = self._goes_away(kind, loan.term)
            self._secure(loan, who, on, 0.3 if away is not None else 0.02)
            loans.disburse(book, loan, on=on)
        due = [row.due_on for row in loans.schedule_of(book, loan)]
        if away is not None:
            away = min(away, len(due) - 1)
        who.loan = loan.number
        self.running[loan.number] = Running(loan.number, who, due, away)
        for place, day in enumerate(due):
            self.plan(*self._comes(loan.number, place, day, on))

    def _asked(self, who: Borrower, kind: Kind, amount: Money, term: int, on: date):
        book = self.book
        with as_(book, "dewi"):
            return loans.apply(
                *(book, members.member(book, who.number)),
                *(loans.product(book, kind.code), amount),
                term=term,
                purpose="modal",
                on=on,
            )

    def _goes_away(self, kind: Kind, periods: int) -> int | None:
        """Return before which installment a borrower is gone, if ever."""
        chance = self.chance
        often = GOES_AWAY / 4 if kind.every.unit is Unit.WEEK else GOES_AWAY
        return next((n for n in range(periods) if chance.random() < often), None)

    def _secure(self, loan, who: Borrower, on: date, often: float) -> None:
        """Ask for cover, oftener of whom the officer has doubts about."""
        dice, much = self.chance.random() / often, self.chance.randint(60, 300)
        value = Money(loan.principal.units * much * (1 + self.at_edges) // 100)
        if dice < 0.5:
            security.pledge(
                *(self.book, loan),
                kind=CollateralKind.VEHICLE,
                description="Sepeda motor",
                document=f"BPKB {loan.number}",
                owner="Warga",
                relation="sendiri",
                value=value,
                appraised_by="Dewi",
                kept_where="Lemari",
                on=on,
            )
        elif dice < 1:
            account = savings.account(self.book, who.account)
            savings.deposit(self.book, account, value, on=on)
            security.hold_own(self.book, loan, account, value, on=on)

    # -- paying ----------------------------------------------------------------

    def _comes(
        self, number: int, place: int, due: date, first: date
    ) -> tuple[date, Callable[[date], None]]:
        """Say when somebody comes with an installment, and what they do then."""
        chance, who = self.chance, self.running[number].who
        after = chance.choice((-2, -1, 0, 0, 0, 0, 1, 2, 3))
        if who.manner == LATE:
            after = chance.choice((5, 8, 12, 17, 22, 26, 29))
            if after == 29 and self.at_edges:
                after = 31
            if chance.random() < 0.01:
                after = 45
        half = chance.random() < 0.03
        came = max(due + after * ONE, first)
        return came, lambda on: self._pay(number, place, on, 2 if half else 1)

    def _stays_away(self, loan: Running, place: int, on: date) -> bool:
        if loan.away_from is not None and place >= loan.away_from:
            return True
        who = loan.who
        heeds = who.manner == FAVOURED or (who.manner == LATE and who.heeds)
        return heeds and not self.collects(on)

    def _pay(self, number: int, place: int, on: date, parts: int) -> None:
        book, running = self.book, self.running.get(number)
        if running is None or self._stays_away(running, place, on):
            return
        loan = loans.loan(book, number)
        now = loans.standing(book, loan, on)
        amount = now.due.total
        if on < running.due[place] and not amount and now.next_due is not None:
            amount = now.next_due.left
        if amount <= ZERO:
            return
        if parts > 1 and amount.units > 10_000:
            amount = Money(amount.units // 2 // 1_000 * 1_000)
            self.plan(on + 10 * ONE, lambda day: self._pay(number, place, day, 1))
        entry = loans.repay(book, loan, amount, on=on)
        if self.chance.random() < 0.005 and loan.state is LoanState.DISBURSED:
            ledger.reverse(book, entry, on=on, reason="salah pinjaman")
            loans.repay(book, loan, amount, on=on)
        if loan.state is LoanState.SETTLED:
            running.who.loan = None
            del self.running[number]

    def _collect_again(self, on: date) -> None:
        """Somebody comes again to everybody who stopped; the gone are not found."""
        for running in self.running.values():
            gone = len(running.due) - 1
            came = on + self.chance.randrange(25) * ONE
            if running.away_from is None:
                self.plan(came, self._catch_up(running.number, gone))

    def _catch_up(self, number: int, place: int) -> Callable[[date], None]:
        return lambda on: self._pay(number, place, on, 1)


def _product(book, kind: Kind) -> LoanProduct:
    return LoanProduct(
        cooperative_id=book.cooperative_id,
        code=kind.code,
        name_id=kind.code,
        name_en=kind.code,
        account_number=chart.PRODUCTIVE_LOANS,
        interest_account_number=chart.PRODUCTIVE_INTEREST,
        method=kind.method,
        rate=kind.rate,
        limit=Money(25_000_000),
        max_term=60,
        rounding_step=kind.step,
        origination_fee_rate=Rate.percent("1"),
        admin_fee=Money(10_000),
        penalty_rate=Rate.percent("0.1", per=Per.DAY),
        penalty_grace_days=3,
        conditions=Conditions(every=kind.every).text(),
    )
