"""37 loans of a bank and their 123 payments stand as the bank's own records say."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from coopbook import baddebts, ledger, loans, members, savings
from coopbook.cooperatives import set_setting
from coopbook.founding import founding
from coopbook.ledger import chart, credit, debit
from coopbook.loans.conditions import Conditions
from coopbook.members import MemberStatus
from coopbook.money import Money, Per, Rate
from coopbook.people import Role, add_user, approvals
from coopbook.verification import verify
from tests.conftest import NUMBERS, PASSWORD_HASH, VAULT, Coop, as_

CUTOFF = date(1994, 3, 30)
FIRST = date(1993, 1, 1)
ASKED = """
import sys; sys.path.insert(0, sys.argv[1]); import berka
paid = {a.id: [(e.date, -e.amount) for e in a.events if e.kind == "loan"]
        for a in berka.accounts("1993_94")}
for each in berka.loans():
    if each.date <= berka.CUTOFF_1993_94 and each.account_id in paid:
        print(each.id, each.date, each.amount, each.duration, each.instalment,
              *(f"{day}={amount}" for day, amount in paid[each.account_id]))
"""


@dataclass
class Granted:
    """A loan as the bank's file has it, amounts in tenths of a crown."""

    number: int
    on: date
    amount: int
    months: int
    paid: list


@pytest.fixture(scope="module")
def granted(real_folder):
    """The bank's loans, read by the loader that comes with its files."""
    said = subprocess.run(
        [sys.executable, "-B", "-c", ASKED, real_folder / "berka"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    found = []
    for line in said.splitlines():
        number, on, amount, months, _, *paid = line.split()
        payments = [each.split("=") for each in paid]
        found.append(
            Granted(
                int(number),
                date.fromisoformat(on),
                int(amount),
                int(months),
                [(date.fromisoformat(day), int(units)) for day, units in payments],
            )
        )
    return sorted(found, key=lambda each: (each.on, each.number))


def first_due(on):
    """Return the first 12th after a day, that day not counted when it is later."""
    day = on if on.day < 12 else date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return day.replace(day=12)


@pytest.fixture
def bank(engine):
    """A cooperative of 1993 with money enough, and loans without interest."""
    number = next(NUMBERS)
    with (
        Session(engine) as session,
        founding(
            session,
            number=number,
            name="Bank",
            first_day=FIRST,
            actor="setup",
            vault=VAULT,
        ) as book,
    ):
        for name, role in (("rina", Role.TELLER), ("dewi", Role.CREDIT)):
            add_user(*(book, name, name, PASSWORD_HASH, [role]), on=FIRST, hashed=True)
        add_user(
            *(book, "budi", "budi", PASSWORD_HASH, [Role.MANAGER]),
            on=FIRST,
            hashed=True,
        )
        for name in ("lending_limit_binding", "mandatory_share"):
            set_setting(
                *(book, name, 0),
                valid_from=FIRST,
                source="test",
                on=FIRST - timedelta(days=1),
            )
        for name in ("loan_chair_limit", "appraisal_above"):
            set_setting(
                *(book, name, 10**12),
                valid_from=FIRST,
                source="test",
                on=FIRST - timedelta(days=1),
            )
        product = loans.product(book, "emergency")
        product.limit, product.max_term = Money(10**9), 60
        product.rate, product.rounding_step = Rate(Fraction(0)), 1
        product.origination_fee_rate, product.admin_fee = Rate(Fraction(0)), Money(0)
        product.penalty_rate = Rate(Fraction(0), Per.DAY)
        siti = members.admit(book, "Nasabah", on=FIRST)
        share = savings.open_account(book, siti, savings.product(book, "principal"))
        savings.deposit(book, share, Money(100_000), on=FIRST)
        assert siti.status is MemberStatus.ACTIVE
        ledger.post(
            book,
            on=FIRST,
            memo="Hibah",
            lines=[
                debit(chart.TELLER_CASH, Money(10**9)),
                credit(33002, Money(10**9)),
            ],
        )
    return Coop(engine, number, 1)


def lend(book, granted):
    """Lend as the bank did, and take the payments in the order of their days."""
    member, product = members.member(book, 1), loans.product(book, "emergency")
    numbers = {}
    for each in granted:
        product.conditions = Conditions(
            first_due=first_due(each.on), due_day=12, tolerance=Money(10)
        ).text()
        with as_(book, "dewi"):
            loan = loans.apply(
                *(book, member, product, Money(each.amount)),
                term=each.months,
                purpose=str(each.number),
                on=each.on,
            )
        with as_(book, "budi"):
            asked = loans.asked_for(book, loan)
            approvals.approve(book, asked.number, digest=asked.digest)
        loans.disburse(book, loan, on=each.on)
        numbers[each.number] = loan
    payments = sorted(
        (day, number, units)
        for number, loan in numbers.items()
        for each in granted
        if each.number == number
        for day, units in each.paid
    )
    for day, number, units in payments:
        loans.repay(book, numbers[number], Money(units), on=day)
    return numbers, len(payments)


def test_the_loans_of_a_bank_stand_as_its_records_say(bank, granted):
    # The bank's own records: 37 loans, 123 payments, one in arrears (5314, one of
    # nine installments paid, 230 days), 2.23 % of the portfolio over 30 days late.
    with bank.open() as book:
        numbers, payments = lend(book, granted)
        now = baddebts.assess(book, CUTOFF)

        assert (len(numbers), payments) == (37, 123)
        (late,) = (each for each in now.rows if each.days)
        assert late.loan.purpose == "5314"
        strip = [each for each in late.standing.strip if each.due_on <= CUTOFF]
        paid = [each for each in strip if not each.left]
        assert (len(strip), len(paid)) == (9, 1)
        assert late.days == 230
        assert round(float(now.at_risk(30).share) * 100, 2) == 2.23
        assert now.outstanding == ledger.account_balance(book, chart.EMERGENCY_LOANS)
    checks = verify(engine=bank.engine, vault=VAULT, cooperative_id=bank.number)
    assert [check.finding for check in checks if check.finding] == []
