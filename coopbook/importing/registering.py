"""Enter lists that post nothing: members and accounts the book does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import today
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.kinds.account_list import NewAccount
from coopbook.importing.kinds.member_list import NewMember
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.rules import NotYet
from coopbook.importing.understood import Movement, Problem
from coopbook.ledger.accounts import add_account
from coopbook.ledger.model import Account
from coopbook.members.changing import note_change
from coopbook.members.model import Member
from coopbook.members.rules import MemberStatus, doubts
from coopbook.members.service import admit


@dataclass(eq=False)
class SameNumber(Refused):
    """Somebody in the book has the same identity number."""

    sentence = N_(
        "Row %(row)s: %(name)s has the NIK of member %(member)s. Is it one person? "
        "The row is entered as another member if you accept it."
    )

    row: int
    name: str
    member: int


@dataclass(eq=False)
class DoubtfulNumber(Refused):
    """An identity number looks wrong; that blocks nothing."""

    sentence = N_("Row %(row)s: %(doubt)s")

    row: int
    doubt: str


def missing(book: Book, kind: Kind, rows: Sequence[Movement]) -> list[bool]:
    """Say of each row whether the book lacks it."""
    if kind is Kind.MEMBERS:
        return _missing_members(book, cast(Sequence[NewMember], rows))
    held = set(
        book.session.scalars(
            select(Account.code).where(Account.cooperative_id == book.cooperative_id)
        )
    )
    return [cast(NewAccount, row).code not in held for row in rows]


def _missing_members(book: Book, rows: Sequence[NewMember]) -> list[bool]:
    known = book.session.execute(
        select(Member.reference, Member.name).where(
            Member.cooperative_id == book.cooperative_id
        )
    ).all()
    references = {reference for reference, _ in known if reference}
    names = {name.casefold() for reference, name in known if not reference}
    found = []
    for row in rows:
        if row.reference:
            found.append(row.reference not in references)
            references.add(row.reference)
        else:
            found.append(row.name.casefold() not in names)
            names.add(row.name.casefold())
    return found


def doubtful(
    book: Book, rows: Sequence[NewMember]
) -> tuple[list[Problem], list[Problem]]:
    """Return what has to be accepted of new members, and what is only noted."""
    breaks, notes, now = [], [], today(book)
    for row in rows:
        if row.left is not None and row.left.on > now:
            breaks.append(Problem(row.row, NotYet(row.row, row.left.on)))
        said = dict(row.numbers).get("national_id")
        if not said or book.vault is None:
            continue
        index = book.vault.index("".join(c for c in said if c.isdigit()), "national_id")
        same = book.session.scalar(
            select(Member.number)
            .where(Member.cooperative_id == book.cooperative_id)
            .where(Member.national_id_index == index)
            .limit(1)
        )
        if same is not None:
            breaks.append(Problem(row.row, SameNumber(row.row, row.name, same)))
        notes += [
            Problem(row.row, DoubtfulNumber(row.row, doubt))
            for doubt in doubts(said, row.born_on)[:1]
        ]
    return breaks, notes


def register(book: Book, kind: Kind, rows: Sequence[Movement]) -> int:
    """Enter the rows and return how many.

    Raises what ``members.admit`` and ``ledger.add_account`` raise.
    """
    for row in rows:
        if kind is Kind.MEMBERS:
            _admit(book, cast(NewMember, row))
        else:
            one = cast(NewAccount, row)
            add_account(
                book,
                one.code,
                name_id=one.name_id,
                name_en=one.name_en,
                account_type=one.account_type,
                normal_balance=one.side,
            )
    return len(rows)


def _admit(book: Book, row: NewMember) -> None:
    numbers: dict[str, Any] = dict(row.numbers)
    member = admit(
        book,
        row.name,
        on=row.on,
        born_on=row.born_on,
        address=row.address,
        village=row.village,
        hamlet=row.hamlet,
        occupation=row.occupation,
        reference=row.reference,
        region_code=row.region_code or None,
        village_code=row.village_code or None,
        source_of_funds=row.source_of_funds,
        risk=row.risk,
        **numbers,
    )
    if row.left is not None:
        left = row.left
        if left.on > today(book):
            raise NotYet(row.row, left.on)
        why = left.reason or f"Daftar anggota, baris {row.row}"
        for status in (left.cause, MemberStatus.SETTLED):
            note_change(book, member, status, on=left.on, reason=why)
