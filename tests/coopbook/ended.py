"""A year that ends: closed, decided on by the members, handed out, one part paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from coopbook import (
    assets,
    bankstatements,
    budgets,
    cashcounts,
    corrections,
    funds,
    health,
    ledger,
    members,
    statements,
    surplus,
    yearend,
)
from coopbook.bankstatements import BankFile, Told
from coopbook.health import Group
from coopbook.ledger import chart
from coopbook.ledger.model import DayBalance
from coopbook.ledger.rules import Side
from coopbook.money import Money
from coopbook.yearend import TextSubject
from tests.conftest import as_
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.assembly import carried

AFTER, MEETING = date(2027, 1, 15), date(2027, 3, 20)


def end_a_year(book):
    """Close 2026, hand its surplus out and pay the first member who has some."""
    _settle_suspense(book)
    _earn(book)
    assets.enter_asset(
        *(book, "Laptop"),
        account=13_005,
        cost=Money(1_200_000),
        on=date(2026, 12, 2),
        months=12,
        paid_from=chart.BANK,
    )
    assets.depreciate(book, 2026, 12)
    cashcounts.count_cash(
        *(book, chart.PETTY_CASH, {}),
        on=date(2026, 12, 3),
        witness="sari",
        explanation="baru dibuka",
    )
    _hear_the_bank(book, date(2026, 12, 1), date(2026, 12, 31))
    for month in range(1, 12):
        if not ledger.is_closed(book, f"2026-{month:02d}"):
            ledger.close(book, f"2026-{month:02d}")
    yearend.close_year(book, 2026, today=AFTER)
    surplus.set_policy(book, simple(), first_year=2026, source="AD 45", on=AFTER)
    with as_(book, "budi"):
        decision = carried(book, MEETING, "Pembagian SHU 2026")
    health.answer(
        *(book, 2026, Group.GENERAL),
        yes=10,
        no=2,
        said_by="rapat pengawas",
        on=AFTER,
    )
    budgets.plan(book, 2027, 52_009, Money(600_000), on=MEETING)
    yearend.write_text(*(book, 2026, TextSubject.BOARD, "Tahun yang baik."), on=AFTER)
    row = surplus.approve(book, 2026, decision, on=MEETING)
    surplus.post_surplus(book, 2026, on=MEETING)
    with as_(book, "agus"):
        found = corrections.propose(
            *(book, 2026, "Tagihan listrik Desember"),
            [ledger.debit(52_009, Money(20_000)), ledger.credit(21_303, Money(20_000))],
            on=MEETING,
        )
    yearend.book_adjustment(book, found.number, on=MEETING)
    statements.give_line(book, 52_009, "cooperative", on=MEETING)
    funds.use_fund(
        *(book, funds.FundUseKind.GATHERING, Money(1_000)),
        whom="takjil warga",
        on=MEETING,
        paid_from=chart.BANK,
    )
    share = next(one for one in surplus.shares_of(book, row) if one.total)
    who = members.member(book, share.member_number)
    surplus.pay(book, who, share.total, on=MEETING)


def _hear_the_bank(book, first, last):
    """Take in a statement that says what the book says, match it, undo one, sign."""
    opening = ledger.account_balance(book, chart.BANK, first - timedelta(days=1))
    lines = bankstatements.free_book_lines(book, chart.BANK, since=first, until=last)
    told = tuple(
        Told(f"A{n}", one.day, one.memo, Decimal(one.amount.units))
        for n, one in enumerate(lines, start=2)
    )
    file = BankFile("desember.csv", "0" * 64, "sheet", told)
    bankstatements.bring_in(
        *(book, chart.BANK, file),
        on=AFTER,
        first=first,
        last=last,
        opening=Decimal(opening.units),
    )
    for undone in (True, False):
        found = bankstatements.proposed(book, chart.BANK)
        seal = bankstatements.seal_of(found)
        bankstatements.accept(book, chart.BANK, seal, on=AFTER, only=range(99))
        if undone:
            bankstatements.undo(book, 1, on=AFTER, reason="salah pilih")
    bankstatements.reconcile(book, chart.BANK, last, on=AFTER)


def _settle_suspense(book):
    """Explain what lies in suspense, each on the day it came."""
    for number in chart.SUSPENSE:
        days = book.session.scalars(
            select(DayBalance.day)
            .where(DayBalance.cooperative_id == book.cooperative_id)
            .where(DayBalance.account_number == number)
            .where(DayBalance.day <= date(2026, 12, 31))
            .order_by(DayBalance.day)
        ).all()
        for day in days:
            held = ledger.account_balance(book, number, day)
            if not held:
                continue
            owed = ledger.account(book, number).normal_balance is Side.CREDIT
            lines = [
                ledger.debit(number if owed else chart.BANK, held),
                ledger.credit(chart.BANK if owed else number, held),
            ]
            ledger.post(book, on=day, memo="dijelaskan", lines=lines)


def _earn(book):
    """Take in enough that the year ends with a surplus."""
    lines = [
        ledger.debit(chart.BANK, Money(50_000_000)),
        ledger.credit(42_002, Money(50_000_000)),
    ]
    ledger.post(book, on=date(2026, 12, 1), memo="jasa", lines=lines)
