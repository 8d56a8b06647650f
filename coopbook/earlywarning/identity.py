"""Questions about borrowers of different houses who share what one house shares.

Family card and telephone are sealed; only their keyed indexes are compared, and what
is sealed is neither opened nor shown.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from coopbook.book import Book
from coopbook.earlywarning.findings import Finding, Kind
from coopbook.earlywarning.running import Running, owed_on
from coopbook.i18n import N_, Word
from coopbook.members import Member
from coopbook.members.model import HouseholdMember


class Thing(StrEnum):
    """What people of one house share."""

    FAMILY_CARD = "family_card"
    PHONE = "phone"
    ADDRESS = "address"


THING_NAMES = {
    Thing.FAMILY_CARD: N_("the same family card"),
    Thing.PHONE: N_("the same telephone number"),
    Thing.ADDRESS: N_("the same address"),
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a borrower, as it compares."""

    member: int
    household: int | None
    things: tuple[tuple[Thing, Hashable], ...]


def tidy_address(text: str) -> str:
    """Return an address as it compares: small, without points and double blanks.

    >>> tidy_address("Jl. Melati  No.5,RT 03/RW 01")
    'jl melati no 5 rt 03 rw 01'
    """
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def sharing(borrowers: list[Traits]) -> Iterator[tuple[Thing, tuple[int, ...]]]:
    """Return who shares a thing though they are not written down as one house.

    Whoever has no house written down is a house alone, so the first question is
    whether they should be written down as one.
    """
    found: dict[tuple[Thing, Hashable], list[Traits]] = {}
    for one in borrowers:
        for thing, key in one.things:
            found.setdefault((thing, key), []).append(one)
    for (thing, _), some in found.items():
        houses = {
            ("house", each.household)
            if each.household is not None
            else ("alone", each.member)
            for each in some
        }
        if len(houses) > 1:
            yield thing, tuple(sorted(each.member for each in some))


def shared(book: Book, now: Mapping[int, Running]) -> Iterator[Finding]:
    """Ask about borrowers of different houses with a thing in common.

    An address counts within its village only, and where it says more than hamlet and
    village do: neighbours are no house.
    """
    rows = select(HouseholdMember).where(
        HouseholdMember.cooperative_id == book.cooperative_id
    )
    house_of = {
        row.member_number: row.household_number for row in book.session.scalars(rows)
    }
    loans_of: dict[int, list[int]] = {}
    borrowers: dict[int, Traits] = {}
    for number, one in now.items():
        member = one.loan.member
        loans_of.setdefault(member.number, []).append(number)
        borrowers[member.number] = Traits(
            member.number, house_of.get(member.number), tuple(_things(member))
        )
    for thing, numbers in sharing(list(borrowers.values())):
        some = tuple(sorted(each for one in numbers for each in loans_of[one]))
        yield Finding(
            Kind.SHARED,
            some,
            numbers,
            owed_on(dict(now), some),
            N_("Members %(members)s of different houses have %(thing)s."),
            {"members": numbers, "thing": Word(THING_NAMES[thing])},
        )


def _things(member: Member) -> Iterator[tuple[Thing, Hashable]]:
    if member.family_card_no_index:
        yield Thing.FAMILY_CARD, member.family_card_no_index
    if member.phone_index:
        yield Thing.PHONE, member.phone_index
    address, village = tidy_address(member.address), tidy_address(member.village)
    around = {*tidy_address(member.hamlet or "").split(), *village.split()}
    if set(address.split()) - around:
        yield Thing.ADDRESS, (address, village)
