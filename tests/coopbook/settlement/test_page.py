"""The worked page of leaving says what the book settles."""

from __future__ import annotations

from datetime import date

from coopbook import loans, members, savings, settlement
from coopbook.members import MemberStatus, Relation
from coopbook.money import Money, Rate
from tests.conftest import FIRST_DAY
from tests.coopbook.settlement.test_settlement import lent
from tests.rules_pages import tables, units

PAGE = {row["what"]: row for row in tables("leaving.md")["Worked by hand"]}
ON = date(2026, 3, 20)


def amount(what):
    return Money(units(PAGE[what]["amount"]))


def test_siti_receives_what_the_page_shows(book):
    siti = members.member(book, 1)
    product = loans.product(book, "productive")
    product.rate = Rate.percent("1.5", "month")
    product.penalty_rate = Rate.percent(0, "day")
    savings.deposit(book, savings.account(book, 2), Money(2_000_000), on=FIRST_DAY)
    lent(book)
    row = settlement.begin(book, siti, MemberStatus.RESIGNED, on=ON, reason="pindah")

    said = settlement.reckon(book, siti, MemberStatus.RESIGNED, ON)

    owed = said.debts[0].owed
    assert said.shares == amount("principal share")
    assert said.savings == amount("voluntary savings")
    assert owed.principal == amount("principal of the loan")
    assert owed.interest == amount("interest due") + amount("interest to date")
    assert owed.penalty == amount("penalty")
    assert said.net == amount("she receives")
    entry = settlement.settle(book, row, on=ON, set_off=True)
    assert {
        (line.account_number, line.debit.units, line.credit.units)
        for line in entry.lines
    } == {
        (31001, 100_000, 0),
        (21101, 2_100_000, 0),
        (41001, 0, 47_032),
        (11401, 0, 1_200_000),
        (21404, 0, 952_968),
    }


def test_heirs_share_without_loss(book):
    siti = members.member(book, 1)
    for name, share in (("Budi", 50), ("Wati", 30), ("Tono", 20)):
        members.add_beneficiary(
            book, siti, name, relation=Relation.CHILD, share=share, on=FIRST_DAY
        )

    parts = settlement.suggested(book, siti, amount("she receives"))

    assert [one.amount.units for one in parts] == [476_484, 285_890, 190_594]
