"""A bank's own accounts: 46,997 movements with the balance after each of them."""

import csv
import io
import subprocess
import sys
from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from coopbook import ledger, savings
from coopbook.importing.answers import Answers
from coopbook.importing.queries import preview
from coopbook.importing.rules import FloorBroken, PrincipalMissing, RulesBroken
from coopbook.importing.service import post_import
from coopbook.ledger.model import Line
from coopbook.members.model import Member
from coopbook.money import Money, Per, Rate
from coopbook.savings.interest import Basis, InterestTerms, Tier
from coopbook.savings.model import SavingsAccount, SavingsProduct
from coopbook.savings.rules import SavingsType
from coopbook.verification import verify
from tests.conftest import Coop
from tests.oracles import naive_interest

from .conftest import NUMBERS, _found

SAID = Answers(said={"pot": "overdraft"})
IN, OUT, ROUNDING, LAST = 1_769_612_548, 1_376_644_920, -427, 392_967_201


@pytest.fixture(scope="module")
def berka(real_folder):
    """The rows of the bank's file, and the file."""
    loader = real_folder / "berka" / "berka.py"
    made = subprocess.run(
        [sys.executable, "-B", loader, "csv"], capture_output=True, check=True
    )
    return list(csv.DictReader(io.StringIO(made.stdout.decode()))), made.stdout


def early(coop):
    """Found a cooperative that began in 1993 and lets a member take out everything."""
    own = _found(coop, next(NUMBERS), date(1993, 1, 1))
    with own.open() as book:
        savings.product(book, "voluntary").minimum_balance = Money(0)
    return own


@pytest.fixture
def lenient(coop):
    """A cooperative with a kind of savings that may be overdrawn."""
    old = early(coop)
    with old.open() as book:
        book.session.add(
            SavingsProduct(
                cooperative_id=book.cooperative_id,
                code="overdraft",
                name_id="Rekening koran",
                name_en="Current account",
                savings_type=SavingsType.VOLUNTARY,
                account_number=21101,
                minimum_balance=Money(-1_000_000_000),
                amount=None,
                withdrawable=True,
            )
        )
    return old


def test_every_balance_is_the_banks_own_after_every_movement(lenient, berka):
    rows, data = berka
    with lenient.open() as book:
        looked = preview(book, "savings", data, answers=SAID)
        assert looked.not_understood == () and looked.questions == ()
        assert {type(one.reason) for one in looked.breaks} == {PrincipalMissing}
        assert len(looked.breaks) == len(looked.new_members) == 1_229
        figures = {one.key: one.counted for one in looked.understood.figures}
        assert figures["amount"] == IN - OUT
        assert figures["rounding"] == ROUNDING

        batch = post_import(book, looked, accept="accounts of a bank, not of members")

        assert (batch.rows_posted, batch.rounding) == (46_997, Money(0))
        held = ledger.account_balance(book, 21101)
        assert held == Money(IN - OUT + ROUNDING) == Money(LAST)
        rounded = [ledger.account_balance(book, number) for number in (43006, 52026)]
        assert rounded[0] - rounded[1] == Money(-ROUNDING)
        expected = defaultdict(list)
        for row in rows:
            expected[row["account_id"]].append(int(row["balance"]))
        assert running(book) == expected
        for basis in Basis:
            assert earned(book, basis) == reckoned(rows, basis), basis
    checks = verify(engine=lenient.engine, cooperative_id=lenient.number)
    assert [check.finding for check in checks if check.finding] == []


MONTH, RATE = (1994, 2), Fraction(7, 200)


def earned(book, basis):
    """Return what the book says every account earns in a month, by reference."""
    terms = InterestTerms(basis, (Tier(Money(0), Rate(RATE, Per.YEAR)),))
    kind = savings.product(book, "overdraft")
    names = owners(book)
    found = savings.reckon(book, kind, "{}-{:02}".format(*MONTH), terms=terms)
    return {names[one.account]: one.gross.units for one in found.earned}


def reckoned(rows, basis):
    """Return what the bank's own file says they earn, day by day, in whole units."""
    opening, moved = defaultdict(int), defaultdict(lambda: defaultdict(int))
    for row in rows:
        on = date.fromisoformat(row["date"])
        units = int(row["amount"]) + int(row["rounding"])
        if (on.year, on.month) < MONTH:
            opening[row["account_id"]] += units
        elif (on.year, on.month) == MONTH:
            moved[row["account_id"]][on] += units
    exact = {
        account: naive_interest.interest(
            *(*MONTH, opening[account], moved[account]),
            basis=basis.value,
            tiers=[(0, RATE)],
            count="actual_365",
            slices=False,
            least=0,
        )
        for account in {row["account_id"] for row in rows}
    }
    return {account: round(value) for account, value in exact.items() if round(value)}


def owners(book):
    """Return whose each savings account is, by the reference of the member."""
    mine = SavingsAccount.cooperative_id == book.cooperative_id
    names = dict(
        book.session.execute(
            select(Member.number, Member.reference).where(
                Member.cooperative_id == book.cooperative_id
            )
        ).all()
    )
    return {
        number: names[member]
        for number, member in book.session.execute(
            select(SavingsAccount.number, SavingsAccount.member_number).where(mine)
        )
    }


def running(book):
    """Return the balance of every account after each of its lines, by reference."""
    whose = owners(book)
    lines_ = (
        select(Line.card_number, Line.credit, Line.debit)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == 21101)
        .order_by(Line.entry_number)
    )
    found = defaultdict(list)
    for card, credit, debit in book.session.execute(lines_):
        own = found[whose[card]]
        own.append((own[-1] if own else 0) + credit.units - debit.units)
    return found


def test_without_overdraft_accounts_land_whole_or_are_refused_whole(
    sqlite_engine, berka
):
    """On SQLite alone: 1,229 imports say the same on either engine."""
    rows, _ = berka
    old = early(Coop(sqlite_engine, 0, 1))
    by_account = defaultdict(list)
    for row in rows:
        by_account[row["account_id"]].append(row)
    landed, refused = {}, {}
    said = Answers(said={"pot": "voluntary"})
    with old.open() as book:
        for account, own in by_account.items():
            looked = preview(book, "savings", as_csv(own), answers=said)
            below = [one for one in looked.breaks if type(one.reason) is FloorBroken]
            if below:
                refused[account] = below[0]
                with pytest.raises(RulesBroken):
                    post_import(book, looked)
                continue
            landed[account] = post_import(book, looked, accept="no shares here")
        assert (len(landed), len(refused)) == (1_203, 26)
        for account, batch in landed.items():
            assert batch.rows_posted == len(by_account[account])
        together = sum(
            int(own[-1]["balance"]) for a, own in by_account.items() if a in landed
        )
        assert ledger.account_balance(book, 21101) == Money(together)
        for account, problem in refused.items():
            first = next(
                n
                for n, row in enumerate(by_account[account], start=2)
                if int(row["balance"]) < 0
            )
            assert problem.row == first, account


def as_csv(rows):
    memory = io.StringIO()
    writer = csv.DictWriter(memory, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return memory.getvalue().encode()
