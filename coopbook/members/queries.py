"""The register, and finding a member in it."""

from __future__ import annotations

import phonenumbers
from sqlalchemy import func, or_, select

from coopbook.book import Book
from coopbook.members.model import Member
from coopbook.members.rules import MemberStatus, NoSuchMember


def normal_phone(phone: str | None) -> str | None:
    """Return a telephone number in international form, or as written.

    >>> normal_phone("0812 3456 7890")
    '+6281234567890'
    """
    if phone is None or not phone.strip():
        return None
    try:
        parsed = phonenumbers.parse(phone, "ID")
    except phonenumbers.NumberParseException:
        return phone.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def member(book: Book, number: int) -> Member:
    """Return a member by number; raise ``NoSuchMember``."""
    row = book.get(Member, number)
    if row is None:
        raise NoSuchMember(number)
    return row


def register(
    book: Book, *, after: int = 0, limit: int = 50, hamlet: str | None = None
) -> list[Member]:
    """Return the register by number, after a given one; of a hamlet where asked."""
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.number > after)
        .order_by(Member.number)
        .limit(limit)
    )
    if hamlet is not None:
        rows = rows.where(Member.hamlet == hamlet)
    return list(book.session.scalars(rows))


def search(book: Book, text: str, *, after: int = 0, limit: int = 25) -> list[Member]:
    """Find members by number, part of the name, NIK or telephone number.

    A NIK or a telephone number is found only whole, through its keyed index.
    """
    asked = " ".join(text.split())
    if not asked:
        return register(book, after=after, limit=limit)
    ways = [func.lower(Member.name).contains(asked.lower(), autoescape=True)]
    figures = "".join(c for c in asked if c.isascii() and c.isdigit())
    if figures and figures == asked.lstrip("#") and len(figures) <= 9:
        ways.append(Member.number == int(figures))
    ways.append(Member.reference == asked)
    if book.vault is not None and len(figures) >= 8:
        ways.append(
            Member.national_id_index == book.vault.index(figures, "national_id")
        )
        phone = normal_phone(asked)
        if phone is not None:
            ways.append(Member.phone_index == book.vault.index(phone, "phone"))
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.number > after)
        .where(or_(*ways))
        .order_by(Member.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def hamlets(book: Book) -> list[tuple[str, int]]:
    """Return the hamlets members live in, with how many, by name."""
    rows = book.session.execute(
        select(Member.hamlet, func.count())
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.hamlet.is_not(None))
        .where(Member.status.in_([MemberStatus.ACTIVE, MemberStatus.ASSOCIATE]))
        .group_by(Member.hamlet)
        .order_by(Member.hamlet)
    )
    return [(str(name), count) for name, count in rows]


def counts(book: Book) -> dict[MemberStatus, int]:
    """Return how many members stand where."""
    rows = book.session.execute(
        select(Member.status, func.count())
        .where(Member.cooperative_id == book.cooperative_id)
        .group_by(Member.status)
    )
    return {row[0]: row[1] for row in rows}


def last_number(book: Book) -> int:
    """Return the highest member number given out."""
    rows = select(func.max(Member.number)).where(
        Member.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def names_of(book: Book) -> dict[int, str]:
    """Return every member's name by number."""
    rows = book.session.execute(
        select(Member.number, Member.name).where(
            Member.cooperative_id == book.cooperative_id
        )
    )
    return {row.number: row.name for row in rows}
