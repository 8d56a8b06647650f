"""Admit a member, correct what is written, begin and end a membership."""

from __future__ import annotations

from datetime import date
from typing import Any

from coopbook.book import Book
from coopbook.members import rules
from coopbook.members.model import SEALED, Member
from coopbook.members.queries import last_number, normal_phone
from coopbook.members.rules import MemberStatus

PLAIN = ("name", "born_on", "address", "village", "reference")
INDEXED = ("national_id", "phone")


def admit(
    book: Book,
    name: str,
    *,
    on: date,
    born_on: date | None = None,
    national_id: str | None = None,
    family_card_no: str | None = None,
    passport_no: str | None = None,
    phone: str | None = None,
    address: str = "",
    village: str = "",
    reference: str = "",
) -> Member:
    """Enter a candidate in the register; the principal share makes a member.

    ``reference`` is a number the member had in older books.  A doubtful NIK is
    entered all the same (``rules.doubts``).  Raises ``NameNeeded``,
    ``NotANumber`` and ``BornLater``.
    """
    if born_on is not None and born_on > on:
        raise rules.BornLater(born_on, on)
    row = Member(
        cooperative_id=book.cooperative_id,
        number=last_number(book) + 1,
        name=rules.check_name(name),
        status=MemberStatus.PROSPECTIVE,
        joined_on=on,
        active_on=None,
        born_on=born_on,
        address=address.strip(),
        village=village.strip(),
        reference=reference.strip(),
    )
    personal = {
        "national_id": national_id,
        "family_card_no": family_card_no,
        "passport_no": passport_no,
        "phone": phone,
    }
    for column, value in _sealed(book, row, personal).items():
        setattr(row, column, value)
    book.session.add(row)
    book.session.flush()
    return row


def correct(book: Book, member: Member, **changes: Any) -> Member:
    """Correct what is written of a member; the event keeps both.

    ``changes`` may name anything that ``admit`` takes but the day of joining.
    """
    if "name" in changes:
        changes["name"] = rules.check_name(changes["name"])
    if changes.get("born_on") is not None and changes["born_on"] > member.joined_on:
        raise rules.BornLater(changes["born_on"], member.joined_on)
    unknown = sorted(set(changes) - set(PLAIN) - set(SEALED))
    assert not unknown, f"a member has no {unknown}"
    sealed = _sealed(book, member, {f: changes[f] for f in SEALED if f in changes})
    plain = {field: changes[field] for field in PLAIN if field in changes}
    for column, value in {**plain, **sealed}.items():
        setattr(member, column, value)
    book.session.flush()
    return member


def activate(book: Book, member: Member, *, on: date) -> None:
    """Begin the membership: the principal share is paid in full."""
    if member.status is MemberStatus.PROSPECTIVE:
        member.status, member.active_on = MemberStatus.ACTIVE, on
        book.session.flush()


def deactivate(book: Book, member: Member) -> None:
    """Go back to candidate: the payment of the principal share was reversed."""
    if member.status is MemberStatus.ACTIVE:
        member.status, member.active_on = MemberStatus.PROSPECTIVE, None
        book.session.flush()


def _tidy(field: str, text: str | None) -> str | None:
    if field == "phone":
        return normal_phone(text)
    if field == "passport_no":
        return text.strip().upper() if text and text.strip() else None
    return rules.tidy_number(text, field)


def _sealed(
    book: Book, row: Member, fields: dict[str, str | None]
) -> dict[str, str | None]:
    """Return the columns of every field that changed; an unchanged one keeps its salt.

    Nothing is set before everything is known to be right.
    """
    columns: dict[str, str | None] = {}
    for field, text in fields.items():
        tidy = _tidy(field, text)
        if row in book.session and tidy == getattr(row, field):
            continue
        token = index = None
        if tidy is not None:
            if book.vault is None:
                raise rules.NoSecret
            place = f"{row.cooperative_id}/member/{row.number}/{field}_sealed"
            token = book.vault.seal(tidy, place)
            index = book.vault.index(tidy, field)
        columns[f"{field}_sealed"] = token
        if field in INDEXED:
            columns[f"{field}_index"] = index
    return columns
