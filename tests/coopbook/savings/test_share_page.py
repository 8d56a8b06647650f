"""What the documentation works out by hand is what the book says."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from coopbook import decisions, members, savings
from coopbook.cooperatives import set_setting
from coopbook.decisions import DecisionBody
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY

RULES = Path(__file__).parents[3] / "docs" / "rules"
SHARE, REMITTANCE = RULES / "mandatory-share.md", RULES / "remittance.md"


def tables(page):
    """Return the tables of a page, each a list of rows of its cells, headings first."""
    found, before = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("|---"):
            continue
        if line.startswith("|"):
            if not before:
                found.append([])
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        before = line.startswith("|")
    return found


def day(said):
    return datetime.strptime(said, "%d %B %Y").date()


def units(said):
    return int(said.replace(",", ""))


def joined(book, name):
    """Let somebody join on the first day, with a mandatory share to pay into."""
    who = members.admit(book, name, on=FIRST_DAY)
    principal = savings.open_account(book, who, savings.product(book, "principal"))
    savings.deposit(book, principal, Money(100_000), on=FIRST_DAY)
    return who, savings.open_account(book, who, savings.product(book, "mandatory"))


def dearer(book):
    set_setting(
        *(book, "mandatory_share", 30_000), valid_from=date(2026, 4, 1), source="RAT"
    )


def test_the_worked_months_of_the_documentation_are_right(book):
    dearer(book)
    who, account = joined(book, "Siti")
    _, rows = tables(SHARE)[0][0], tables(SHARE)[0][1:]
    assert len(rows) == 6

    for said, paid, pays, missed, due, ahead in rows:
        on = day(said)
        if on >= date(2026, 8, 1) and not savings.exemptions(book, who):
            decision = decisions.enter_decision(
                *(book,),
                body=DecisionBody.BOARD,
                title="Bebas simpanan wajib",
                text="Bekerja di luar negeri.",
                on=date(2026, 8, 1),
            )
            savings.exempt(
                *(book, who),
                first_month=202608,
                last_month=202610,
                reason="di luar negeri",
                decision=decision,
            )
        before = savings.share_standing(book, who, on).calendar
        if units(paid):
            savings.deposit(book, account, Money(units(paid)), on=on)
        after = savings.share_standing(book, who, on).calendar
        found = " · ".join(
            f"{date(month // 100, month % 100, 1):%b} {amount.units:,}"
            for month, amount in savings.pays_for(before, after)
        )
        got = (found, after.arrears.units, after.due.units, after.ahead)
        assert got == (pays, units(missed), units(due), int(ahead)), said


def test_the_worked_plan_of_the_documentation_is_right(book):
    dearer(book)
    who, account = joined(book, "Wati")
    rows = tables(SHARE)[1][1:]
    plan = savings.agree_plan(book, who, months=6, on=day(rows[0][0]))
    text = SHARE.read_text(encoding="utf-8")
    assert f"missed, {plan.arrears.units:,}. She agrees on six months" in text
    assert len(rows) == 4

    for said, paid, asks, of_arrears, kept, missed, may in rows:
        if units(paid):
            savings.deposit(book, account, Money(units(paid)), on=day(said))
        found = savings.share_standing(book, who, day(said))
        assert found.plan is not None
        words = {True: "yes", False: "no"}
        got = [
            f"{found.plan.owed_by_now.units:,}",
            f"{found.plan.paid.units:,}",
            words[found.plan.kept],
            str(len(found.calendar.missed)),
            words[found.may_borrow],
        ]
        assert got == [asks, of_arrears, kept, missed, may], said
    assert {part for _, part in found.plan.installments} == {Money(27_500)}
    assert "27,500 each" in text


def test_the_worked_remittance_of_the_documentation_is_right(book):
    parts, rates = tables(REMITTANCE)
    who, share = joined(book, "Siti")
    product = savings.offer(book, "remittance", on=FIRST_DAY)
    sent_home = savings.open_account(book, who, product)
    to = {"21104": sent_home, "31002": share}
    sent = savings.foreign("HKD", Decimal("1008.50"), Decimal("2034.5"))
    assert sent is not None

    entry = savings.remit(
        *(book, who),
        [
            savings.Purpose(to[account], Money(units(amount)), purpose)
            for purpose, account, amount in parts[1:]
        ],
        on=FIRST_DAY,
        payer="Siti",
        reference="WU 1",
        sent=sent,
    )

    text = " ".join(REMITTANCE.read_text(encoding="utf-8").split())
    whole = sum((line.debit for line in entry.lines), ZERO)
    assert f"debit 11201 {whole.units:,}; credit 21104 2,000,000 and 31002" in text
    assert f"the bank kept {(sent.rupiah - whole).units:,}" in text
    assert [(str(line.account_number), line.credit.units) for line in entry.lines][
        1:
    ] == [(account, units(amount)) for _, account, amount in parts[1:]]
    for said, rate, exactly, comes_to in rates[1:]:
        currency, amount = re.sub(",", "", said).split(" ")
        figures = Decimal(amount), Decimal(rate.replace(",", ""))
        assert figures[0] * figures[1] == Decimal(exactly.replace(",", ""))
        found = savings.foreign(currency, *figures)
        assert found is not None
        assert found.rupiah == Money(units(comes_to)), said
