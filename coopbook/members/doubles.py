"""Two members who look like one person: found, and joined by a link, never deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import func, or_, select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.members.model import Member, SamePerson
from coopbook.members.rules import Verdict
from coopbook.members.standing import WhyNeeded

TITLES = frozenset(
    ["h", "hj", "bpk", "bapak", "ibu", "sdr", "sdri", "ny", "tn", "alm", "almh"]
)

NIK_SAME = N_("the same NIK")
BORN_SAME = N_("the same name and date of birth")
CARD_SAME = N_("the same family card and a name alike")


@dataclass(frozen=True, slots=True)
class Double:
    """Two members who may be one person, why, and what somebody found out."""

    one: Member
    other: Member
    why: tuple[str, ...]
    verdict: Verdict | None


@dataclass(eq=False)
class OneMember(Refused):
    """A link joins two members."""

    sentence = N_("Choose two different members to compare.")


def plain_name(name: str) -> str:
    """Return a name as it compares: small, without titles, points and double blanks.

    >>> plain_name("Hj. SITI  Aminah")
    'siti aminah'
    """
    words = re.sub(r"[^\w\s']", " ", name.casefold()).split()
    return " ".join(word for word in words if word not in TITLES)


def reasons(one: Member, other: Member) -> tuple[str, ...]:
    """Say why two members look like one person; nothing where they do not."""
    found = []
    if one.national_id_index and one.national_id_index == other.national_id_index:
        found.append(NIK_SAME)
    mine, theirs = plain_name(one.name), plain_name(other.name)
    if one.born_on and one.born_on == other.born_on and mine == theirs:
        found.append(BORN_SAME)
    card = one.family_card_no_index
    if card and card == other.family_card_no_index:
        first = mine.split()[:1]
        if first and first == theirs.split()[:1]:
            found.append(CARD_SAME)
    return tuple(found)


def look_alikes(book: Book, member: Member) -> list[Double]:
    """Return the members who may be the same person as this one."""
    ways = []
    if member.national_id_index:
        ways.append(Member.national_id_index == member.national_id_index)
    if member.family_card_no_index:
        ways.append(Member.family_card_no_index == member.family_card_no_index)
    if member.born_on:
        ways.append(Member.born_on == member.born_on)
    if not ways:
        return []
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.number != member.number)
        .where(or_(*ways))
        .order_by(Member.number)
    )
    pairs = ((member, other) for other in book.session.scalars(rows))
    return list(_judged(book, pairs))


def doubles(book: Book, *, judged: bool = False) -> list[Double]:
    """Return every pair that looks like one person, unjudged ones only unless asked."""
    alike = (Member.national_id_index, Member.family_card_no_index, Member.born_on)
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(or_(*(column.in_(_more_than_once(book, column)) for column in alike)))
        .order_by(Member.number)
    )
    groups: dict[tuple[str, object], list[Member]] = {}
    for member in book.session.scalars(rows):
        keys = [
            ("nik", member.national_id_index),
            ("card", member.family_card_no_index),
            ("born", member.born_on and (member.born_on, plain_name(member.name))),
        ]
        for kind, key in keys:
            if key:
                groups.setdefault((kind, key), []).append(member)
    pairs = {
        (one.number, other.number): (one, other)
        for group in groups.values()
        for one, other in combinations(group, 2)
    }
    found = _judged(book, (pairs[key] for key in sorted(pairs)))
    return [double for double in found if judged or double.verdict is None]


def _more_than_once(book: Book, column: Any) -> Any:
    """Return what of a column several members have."""
    return (
        select(column)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(column.is_not(None))
        .group_by(column)
        .having(func.count() > 1)
    )


def judge(
    book: Book,
    one: Member,
    other: Member,
    verdict: Verdict,
    *,
    on: date,
    reason: str,
) -> SamePerson:
    """Write down whether two members are one person; both rows stay.

    A later finding takes the place of an earlier one, and the chain keeps both.
    Raises ``OneMember`` and ``WhyNeeded``.
    """
    if one.number == other.number:
        raise OneMember
    if not reason.strip():
        raise WhyNeeded
    low, high = sorted((one.number, other.number))
    row = book.get(SamePerson, low, high)
    if row is None:
        row = SamePerson(
            cooperative_id=book.cooperative_id,
            member_number=low,
            other_number=high,
            verdict=verdict,
            found_on=on,
            reason=reason.strip(),
        )
        book.session.add(row)
    else:
        row.verdict, row.found_on, row.reason = verdict, on, reason.strip()
    book.session.flush()
    return row


def same_as(book: Book, member: Member) -> list[Member]:
    """Return the other rows that were found to be the same person."""
    rows = (
        select(SamePerson)
        .where(SamePerson.cooperative_id == book.cooperative_id)
        .where(SamePerson.verdict == Verdict.SAME)
        .where(
            or_(
                SamePerson.member_number == member.number,
                SamePerson.other_number == member.number,
            )
        )
    )
    numbers = {
        number
        for row in book.session.scalars(rows)
        for number in (row.member_number, row.other_number)
    } - {member.number}
    found = [book.get(Member, number) for number in sorted(numbers)]
    return [one for one in found if one is not None]


def _judged(book: Book, pairs: Iterator[tuple[Member, Member]]) -> Iterator[Double]:
    for one, other in pairs:
        why = reasons(one, other)
        if why:
            low, high = sorted((one.number, other.number))
            row = book.get(SamePerson, low, high)
            yield Double(one, other, why, row.verdict if row else None)
