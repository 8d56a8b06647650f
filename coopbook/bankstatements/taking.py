"""Take a bank's statement into the book, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from coopbook.bankstatements import refusals
from coopbook.bankstatements.model import BankLine, BankStatement
from coopbook.bankstatements.queries import (
    bank_account,
    lines_of_statement,
    statements,
)
from coopbook.bankstatements.rules import BankFile, Statement, checked, in_both
from coopbook.book import Book

SHOWN = 3
"""Lines that a refusal names."""

TOGETHER = 500
"""Numbers of the bank that are looked for at once."""


def bring_in(
    book: Book,
    account: int,
    file: BankFile,
    *,
    on: date,
    first: date | None = None,
    last: date | None = None,
    opening: Decimal | None = None,
) -> BankStatement:
    """Keep a bank's statement with its lines; nothing of it is posted.

    ``on`` is the business day; ``first``, ``last`` and ``opening`` are said where the
    file does not say them.  Raises ``NotABankAccount``, what ``rules.checked``
    refuses, ``StatementToCome``, ``SameFile``, ``DaysThere``, ``SameBankId`` and
    ``StatementBetween``.
    """
    bank_account(book, account)
    there = statements(book, account)
    _check_file(book, file)
    said = checked(file, first=first, last=last, opening=opening)
    if said.last > on:
        raise refusals.StatementToCome(said.last)
    for row in there:
        if row.first_day <= said.last and said.first <= row.last_day:
            raise _days_there(book, row, said)
    if file.ids:
        _check_ids(book, account, said)
    _check_neighbours(there, said)
    number = 1 + int(
        book.session.scalar(
            select(func.max(BankStatement.number)).where(
                BankStatement.cooperative_id == book.cooperative_id
            )
        )
        or 0
    )
    row = BankStatement(
        cooperative_id=book.cooperative_id,
        number=number,
        account_number=account,
        first_day=said.first,
        last_day=said.last,
        opening=said.opening,
        closing=said.closing,
        file_name=file.name.replace("\\", "/").split("/")[-1][:120],
        digest=file.digest,
        form=file.form,
        bank_number=file.of[:60],
        brought_on=on,
        brought_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    book.session.add_all(
        BankLine(
            cooperative_id=book.cooperative_id,
            statement_number=number,
            number=place,
            day=line.told.day,
            words=words_of(line.told.words),
            amount=line.amount,
            bank_id=line.told.bank_id[:255],
            balance=line.balance,
        )
        for place, line in enumerate(said.lines, start=1)
    )
    book.session.flush()
    return row


def words_of(said: str) -> str:
    """Return the bank's words in one line of at most 200 letters."""
    return " ".join(said.split())[:200]


def _check_file(book: Book, file: BankFile) -> None:
    same = book.session.scalar(
        select(BankStatement)
        .where(BankStatement.cooperative_id == book.cooperative_id)
        .where(BankStatement.digest == file.digest)
        .order_by(BankStatement.number)
        .limit(1)
    )
    if same is not None:
        raise refusals.SameFile(same.number, same.first_day, same.last_day)


def _days_there(book: Book, row: BankStatement, said: Statement) -> refusals.DaysThere:
    """Return the refusal that names which lines of a file are there already."""
    ours = [
        (line.day, line.amount.units, line.words)
        for line in lines_of_statement(book, row.number)
    ]
    told = [
        (line.told.day, line.amount.units, words_of(line.told.words))
        for line in said.lines
    ]
    both = in_both(told, ours)
    some = [f"{day:%d/%m/%Y} {words} {units:,}" for day, units, words in both[:SHOWN]]
    which = "; ".join(some) + ("; …" if len(both) > SHOWN else "")
    return refusals.DaysThere(
        *(row.number, row.first_day, row.last_day, len(both), which or "–")
    )


def _check_ids(book: Book, account: int, said: Statement) -> None:
    by_id = {line.told.bank_id: line.told for line in said.lines if line.told.bank_id}
    ids = sorted(by_id)
    for start in range(0, len(ids), TOGETHER):
        found = book.session.execute(
            select(BankLine.bank_id, BankLine.statement_number)
            .join(
                BankStatement,
                (BankStatement.cooperative_id == BankLine.cooperative_id)
                & (BankStatement.number == BankLine.statement_number),
            )
            .where(BankLine.cooperative_id == book.cooperative_id)
            .where(BankLine.bank_id.in_(ids[start : start + TOGETHER]))
            .where(BankStatement.account_number == account)
            .order_by(BankLine.statement_number, BankLine.number)
            .limit(1)
        ).first()
        if found is not None:
            told = by_id[found[0]]
            raise refusals.SameBankId(told.place, told.bank_id, found[1])


def _check_neighbours(there: list[BankStatement], said: Statement) -> None:
    """Refuse a statement whose balance does not go on from the one beside it."""
    earlier = [row for row in there if row.last_day < said.first]
    later = [row for row in there if row.first_day > said.last]
    if earlier and earlier[-1].closing != said.opening:
        row = earlier[-1]
        raise refusals.StatementBetween(
            *(row.number, row.last_day, row.closing, said.first, said.opening)
        )
    if later and later[0].opening != said.closing:
        row = later[0]
        raise refusals.StatementBetween(
            *(row.number, said.last, said.closing, row.first_day, row.opening)
        )
