"""Village: what happens in a sample month, decided by a seeded dice."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from coopbook import assets, ledger, loans, members, migrants, savings
from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.ledger import credit, debit
from coopbook.ledger.chart import BANK, TELLER_CASH
from coopbook.loans import Loan, LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.savings import SavingsAccount
from webui.demo.backing import Circle, answer_for, look_into
from webui.demo.people import PURPOSES, SECTORS, stay_of, villagers

GRANT = 33002
Happening = tuple[date, int, Callable[[date], None]]


class Village:
    """The members of the sample cooperative, and how reliable each one is."""

    def __init__(
        self, book: Book, chance: random.Random, count: int, today: date
    ) -> None:
        self.book = book
        self.chance = chance
        self.today = today
        self.waiting = villagers(chance, count)
        self.joined: list[int] = []
        self.accounts: dict[int, dict[str, int]] = {}
        self.punctual: dict[int, float] = {}
        self.running: list[int] = []
        self.order = 0
        founded = months_after(today.replace(day=10), -6)
        self.circle = Circle(book, self.acting, self._need_cash, founded)

    def acting(self, name: str) -> None:
        """Let somebody sit down at the book."""
        self.book.actor = name

    # -- a month -------------------------------------------------------------

    def live(self, begin: date, end: date, set_clock: Callable[[date], None]) -> None:
        """Let a month happen, day by day."""
        plans: list[Happening] = []

        def plan(day: date, do: Callable[[date], None]) -> None:
            if begin <= day <= end:
                self.order += 1
                plans.append((day, self.order, do))

        if not self.joined:
            plan(begin, self._grant)
        self._plan_members(begin, plan)
        for number in self.joined:
            self._plan_savings(number, begin, plan)
        self._plan_loans(begin, plan)
        self._plan_expenses(begin, plan)
        self.circle.plan(begin, self.joined, plan)
        now = None
        for day, _, do in sorted(plans, key=lambda each: each[:2]):
            if day != now:
                set_clock(day)
                now = day
            do(day)

    def _day(self, begin: date, low: int = 1, high: int = 28) -> date:
        return begin + timedelta(days=self.chance.randint(low, high) - 1)

    def _grant(self, on: date) -> None:
        self.acting("tono")
        lines = [debit(BANK, Money(60_000_000)), credit(GRANT, Money(60_000_000))]
        ledger.post(
            self.book,
            on=on,
            memo="Hibah modal awal program desa migran",
            lines=lines,
            kind=ledger.VoucherKind.BBM,
            source="voucher.grant",
        )
        self._fetch_cash(on, Money(15_000_000))

    def _fetch_cash(self, on: date, amount: Money) -> None:
        self.acting("tono")
        ledger.post_voucher(
            *(self.book, "transfer", amount),
            on=on,
            memo="Ambil tunai dari bank untuk kas teller",
            debit_account=TELLER_CASH,
            credit_account=BANK,
        )

    def _need_cash(self, on: date, amount: Money) -> bool:
        """Bring cash from the bank where the till is short; say if there is enough."""
        held = ledger.account_balance(self.book, TELLER_CASH)
        if held >= amount + Money(1_000_000):
            return True
        wanted = amount + Money(4_000_000)
        if ledger.account_balance(self.book, BANK) < wanted:
            return held > amount
        self._fetch_cash(on, wanted)
        return True

    # -- members and savings -------------------------------------------------

    def _plan_members(self, begin: date, plan: Callable[..., None]) -> None:
        count = (
            45
            if not self.joined
            else min(len(self.waiting), self.chance.choice((1, 2, 3, 4)))
        )
        for _ in range(count):
            plan(self._day(begin, 1, 20), self._join)

    def _join(self, on: date) -> None:
        if not self.waiting:
            return
        who = self.waiting.pop(0)
        self.acting("rina")
        row = members.admit(
            self.book,
            who.name,
            on=on,
            born_on=who.born_on,
            national_id=who.national_id,
            phone=who.phone,
            address=who.hamlet,
            village="Desa Contoh",
            hamlet=who.hamlet,
        )
        country, left, back = stay_of(row.number, on)
        migrants.note_episode(
            *(self.book, row, country), on=on, departed_on=left, returned_on=back
        )
        opened = {
            code: savings.open_account(
                self.book, row, savings.product(self.book, code), on=on
            ).number
            for code in ("principal", "mandatory", "voluntary")
        }
        self.accounts[row.number] = opened
        self.punctual[row.number] = self.chance.choice((0.99, 0.99, 0.97, 0.9, 0.7))
        self._deposit(row.number, "principal", Money(100_000), on)
        self.joined.append(row.number)

    def _account(self, number: int, code: str) -> SavingsAccount:
        return savings.account(self.book, self.accounts[number][code])

    def _deposit(self, number: int, code: str, amount: Money, on: date) -> None:
        self.acting(self.chance.choice(("rina", "rina", "tuti")))
        entry = savings.deposit(self.book, self._account(number, code), amount, on=on)
        if code == "voluntary" and self.chance.random() < 0.01:
            ledger.reverse(self.book, entry, on=on, reason="salah ketik jumlah")

    def _plan_savings(
        self, number: int, begin: date, plan: Callable[..., None]
    ) -> None:
        punctual = self.punctual[number]
        if self.chance.random() < punctual - 0.05:
            plan(
                self._day(begin, 1, 15),
                lambda on: self._deposit(number, "mandatory", Money(25_000), on),
            )
        if self.chance.random() < 0.4:
            amount = Money(self.chance.choice((20, 50, 50, 100, 150, 250, 500)) * 1_000)
            plan(
                self._day(begin),
                lambda on: self._deposit(number, "voluntary", amount, on),
            )
        if self.chance.random() < 0.13:
            share = self.chance.choice((2, 3, 5))
            plan(self._day(begin, 8, 28), lambda on: self._withdraw(number, share, on))

    def _withdraw(self, number: int, share: int, on: date) -> None:
        account = self._account(number, "voluntary")
        free = savings.available(self.book, account, on)
        amount = Money(free.units // share // 5_000 * 5_000)
        asleep = savings.asleep_since(self.book, account, on) is not None
        if amount > ZERO and not asleep and self._need_cash(on, amount):
            self.acting("rina")
            savings.withdraw(self.book, account, amount, on=on)

    # -- loans ---------------------------------------------------------------

    def _plan_loans(self, begin: date, plan: Callable[..., None]) -> None:
        if len(self.joined) > 10:
            for _ in range(self.chance.choice((4, 5, 6, 7))):
                plan(self._day(begin, 3, 22), self._borrow)
        for number in self.running:
            loan = loans.loan(self.book, number)
            assert loan.disbursed_on is not None
            due = [
                each.due_on
                for each in loans.schedule_of(self.book, loan)
                if (each.due_on.year, each.due_on.month) == (begin.year, begin.month)
            ]
            for day in due:
                self._plan_installment(loan, day, plan)

    def _plan_installment(
        self, loan: Loan, due: date, plan: Callable[..., None]
    ) -> None:
        number, punctual = loan.number, self.punctual[loan.member_number]
        dice = self.chance.random()
        if dice < punctual:
            early = timedelta(days=self.chance.choice((0, 0, 0, 1, 2)))
            plan(due - early, lambda on: self._repay(number, on))
        elif dice < punctual + 0.1:
            late = timedelta(days=self.chance.choice((3, 6, 9, 14)))
            plan(due + late, lambda on: self._repay(number, on))
        elif dice < punctual + 0.15:
            plan(due, lambda on: self._repay(number, on, part=2))

    def _borrow(self, on: date) -> None:
        borrower = members.member(self.book, self.chance.choice(self.joined))
        open_ones = {LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED}
        if any(each.state in open_ones for each in loans.loans_of(self.book, borrower)):
            return
        if not savings.share_standing(self.book, borrower, on).may_borrow:
            return
        code = self.chance.choice(("productive",) * 3 + ("consumer", "emergency"))
        product = loans.product(self.book, code)
        amount, term = {
            "productive": (
                self.chance.choice((2, 3, 5, 8)),
                self.chance.choice((10, 12, 18)),
            ),
            "consumer": (
                self.chance.choice((1, 2, 3)),
                self.chance.choice((6, 10, 12)),
            ),
            "emergency": (1, self.chance.choice((3, 5))),
        }[code]
        self.acting("dewi")
        loan = loans.apply(
            *(self.book, borrower, product, Money(amount * 1_000_000)),
            term=term,
            purpose=(purpose := self.chance.choice(PURPOSES[code])),
            sector=SECTORS[purpose],
            on=on,
        )
        look_into(self.book, loan, on)
        self._decide(loan, on)

    def _decide(self, loan: Loan, on: date) -> None:
        request = loans.asked_for(self.book, loan)
        assert request is not None
        self.acting("budi")
        dice = self.chance.random()
        if dice < 0.06:
            reason = "masih ada tunggakan wajib"
            approvals.refuse(self.book, request.number, reason=reason)
            return
        approvals.approve(self.book, request.number, digest=request.digest)
        if dice < 0.1:
            self.acting("dewi")
            loans.cancel(self.book, loan)
            return
        if self._need_cash(on, loan.principal):
            self.acting("rina")
            loans.disburse(self.book, loan, on=on)
            self.running.append(loan.number)

    def _repay(self, number: int, on: date, part: int = 1) -> None:
        loan = loans.loan(self.book, number)
        now = loans.standing(self.book, loan, on)
        asked = now.due.total
        if not asked and now.next_due is not None:
            asked = now.next_due.left
        amount = Money(asked.units // part)
        if loan.state is not LoanState.DISBURSED or amount <= ZERO:
            return
        self.acting("rina")
        loans.repay(self.book, loan, amount, on=on)
        if loan.state is LoanState.SETTLED:
            self.running.remove(number)

    # -- the treasurer -------------------------------------------------------

    def _plan_expenses(self, begin: date, plan: Callable[..., None]) -> None:
        bills = (
            ("expense", 52009, self.chance.randint(90, 140), "Listrik dan internet"),
            ("expense", 52008, self.chance.randint(25, 60), "Kertas dan fotokopi"),
            ("expense", 52010, self.chance.randint(30, 90), "Transport penagihan"),
            ("salary", 52003, 350, "Honor pengurus"),
        )
        for key, account, thousands, memo in bills:
            plan(
                self._day(begin, 5, 28),
                lambda on, k=key, a=account, t=thousands, m=memo: self._pay(
                    k, a, t, m, on
                ),
            )
        plan(self._day(begin, 24, 28), self._bank_interest)
        plan(self._day(begin, 26, 28), self._to_the_bank)

    def _to_the_bank(self, on: date) -> None:
        """Bring what the till does not need to the bank."""
        spare = ledger.account_balance(self.book, TELLER_CASH) - Money(7_500_000)
        if spare > ZERO:
            self.acting("tono")
            ledger.post_voucher(
                *(self.book, "transfer", spare),
                on=on,
                memo="Setor kelebihan kas ke bank",
                debit_account=BANK,
                credit_account=TELLER_CASH,
            )

    def _pay(self, key: str, account: int, thousands: int, memo: str, on: date) -> None:
        amount = Money(thousands * 1_000)
        if self._need_cash(on, amount):
            self.acting("tono")
            ledger.post_voucher(
                *(self.book, key, amount), on=on, memo=memo, debit_account=account
            )

    def _bank_interest(self, on: date) -> None:
        held = ledger.account_balance(self.book, BANK)
        interest = Money(held.units // 12_000)
        if interest > ZERO:
            self.acting("tono")
            ledger.post_voucher(
                *(self.book, "income", interest),
                on=on,
                memo="Jasa giro",
                debit_account=BANK,
                credit_account=42002,
            )

    # -- what is left to do --------------------------------------------------

    def leave_work(self, on: date) -> None:
        """Leave applications, a loan to pay out and requests for today."""
        free = [
            number
            for number in self.joined
            if savings.share_standing(
                self.book, members.member(self.book, number), on
            ).may_borrow
            and not any(
                each.state
                in (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED)
                for each in loans.loans_of(self.book, members.member(self.book, number))
            )
        ]
        for place, number in enumerate(free[:3]):
            self.acting("dewi")
            borrower: Member = members.member(self.book, number)
            loan = loans.apply(
                *(self.book, borrower, loans.product(self.book, "productive")),
                Money((3 + place) * 1_000_000),
                term=12,
                purpose=PURPOSES["productive"][place],
                sector=SECTORS[PURPOSES["productive"][place]],
                on=on,
            )
            if place < 2:
                look_into(self.book, loan, on)
                answer_for(self.book, loan, 2, on)
            if place == 0:
                request = loans.asked_for(self.book, loan)
                assert request is not None
                self.acting("budi")
                approvals.approve(self.book, request.number, digest=request.digest)
        self.acting("rina")
        members.admit(self.book, "Calon Anggota Contoh", on=on, village="Desa Contoh")
        self.acting("tono")
        for name, account, cost, place in (
            ("Laptop untuk kasir", 13_005, 4_500_000, "Loket"),
            ("Lemari arsip", 13_004, 1_500_000, "Ruang pengurus"),
        ):
            assets.enter_asset(
                *(self.book, name),
                account=account,
                cost=Money(cost),
                on=on,
                months=36,
                place=place,
                paid_from=BANK,
            )
        last = ledger.last_closed(self.book)
        if last is not None:
            self.acting("yanti")
            reason = "nota listrik terlambat diterima"
            ledger.ask_reopen(self.book, last, reason=reason, on=on)
