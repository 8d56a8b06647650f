"""Whose savings a sheet moves: members and cards that are there, or are opened.

A member is known by the number the sheet has for them, kept as the member's
``reference``; or by our own number when the sheet's name is the same; or, in a sheet
without numbers, by a name that only one member has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, or_, select

from coopbook.book import Book
from coopbook.book.canon import plain
from coopbook.chain.recording import record
from coopbook.cooperatives import figures
from coopbook.db.base import Base
from coopbook.db.types import total
from coopbook.importing.kinds.parts import ROUNDING, MemberRow, Pot
from coopbook.importing.rounding import whole
from coopbook.ledger import chart
from coopbook.ledger.model import Card, Line
from coopbook.members.changing import entered_on, is_accepted
from coopbook.members.model import Member
from coopbook.members.queries import last_number as last_member
from coopbook.members.rules import MemberStatus
from coopbook.members.standing import check_here
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import last_number as last_account
from coopbook.savings.queries import principal_share, products


class Moved(NamedTuple):
    """One part of a row that moves savings: whose, which, and by how much."""

    row: int
    on: date
    member: str
    pot: str
    amount: Decimal


def savings_parts(rows: Iterable[MemberRow]) -> Iterator[Moved]:
    """Return everything in the rows that moves savings, in their order."""
    for row in rows:
        for part in row.parts:
            if part.to != ROUNDING and not part.to.startswith("loan."):
                yield Moved(row.row, row.on, row.member, part.to, part.amount)


@dataclass(slots=True)
class Arrivals:
    """Whom a sheet speaks of and what it moves of theirs, gathered row by row.

    It grows with the members of a sheet, not with its rows.
    """

    names: dict[str, str] = field(default_factory=dict)
    """The name beside each member's number where it stands first."""
    first: dict[str, tuple[date, str]] = field(default_factory=dict)
    """The day of each member's earliest row, and the name in it."""
    pots: dict[tuple[str, str], date] = field(default_factory=dict)
    """The day on which each pot of a member first moves."""
    row: dict[str, int] = field(default_factory=dict)
    """Where each member stands first."""
    principal: list[Moved] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    """The pots something is taken from."""

    def add(self, row: MemberRow) -> None:
        """Note what a row says."""
        member, on = row.member, row.on
        known = self.first.get(member)
        if known is None:
            self.names[member] = row.name
            self.row[member] = row.row
        if known is None or on < known[0]:
            self.first[member] = (on, row.name)
        for moved in savings_parts((row,)):
            key = (member, moved.pot)
            if self.pots.get(key, date.max) > on:
                self.pots[key] = on
            if moved.pot == Pot.PRINCIPAL:
                self.principal.append(moved)
            if moved.amount < 0:
                self.taken.add(key)


def arrivals_of(rows: Iterable[MemberRow]) -> Arrivals:
    """Return whom the rows speak of."""
    found = Arrivals()
    for row in rows:
        found.add(row)
    return found


@dataclass(slots=True)
class Standing:
    """What a member has in a pot before the import: by day, as the book has it."""

    movements: list[tuple[date, int]] = field(default_factory=list)

    @property
    def units(self) -> int:
        """Everything together."""
        return sum(units for _, units in self.movements)


@dataclass(frozen=True, slots=True)
class Holders:
    """Members by the sheet's number, and their cards by member number and pot."""

    members: Mapping[str, int]
    cards: Mapping[tuple[int, str], tuple[int, int]]
    unknown: tuple[str, ...]

    def card(self, member: str, pot: str) -> tuple[int, int]:
        """Return the account and card that a part of a row moves."""
        return self.cards[self.members[member], pot]


def find_holders(book: Book, names: Mapping[str, str]) -> Holders:
    """Return the members and cards of a sheet that the book has already.

    ``names`` are the members as the sheet names them, by their numbers there.
    """
    by_reference: dict[str, int] = {}
    by_number: dict[str, tuple[int, str]] = {}
    by_name: dict[str, int] = {}
    asked = select(Member.number, Member.reference, Member.name).where(
        Member.cooperative_id == book.cooperative_id
    )
    known = book.session.execute(asked.order_by(Member.number)).all()
    times = Counter(name.casefold() for _, _, name in known)
    for number, reference, name in known:
        if reference in names:
            by_reference.setdefault(reference, number)
        if not reference:
            by_number[str(number)] = (number, name.casefold())
        if times[name.casefold()] == 1:
            by_name[name.casefold()] = number
    members, unknown = {}, []
    for said in names:
        number, name = by_number.get(said.lstrip("0"), (0, ""))
        if said in by_reference:
            members[said] = by_reference[said]
        elif number and name == names[said].casefold():
            members[said] = number
        elif said == names[said] and said.casefold() in by_name:
            members[said] = by_name[said.casefold()]
        else:
            unknown.append(said)
    return Holders(members, _cards(book, set(members.values())), tuple(unknown))


def _cards(book: Book, members: set[int]) -> dict[tuple[int, str], tuple[int, int]]:
    if not members:
        return {}
    accounts = book.session.execute(
        select(
            SavingsAccount.member_number,
            SavingsAccount.product_code,
            SavingsAccount.account_number,
            SavingsAccount.number,
        ).where(SavingsAccount.cooperative_id == book.cooperative_id)
    )
    found: dict[tuple[int, str], tuple[int, int]] = {
        (member, code): (account, number)
        for member, code, account, number in accounts
        if member in members
    }
    surplus = book.session.scalars(
        select(Card.number)
        .where(Card.cooperative_id == book.cooperative_id)
        .where(Card.account_number == chart.MEMBER_SURPLUS)
    )
    for number in surplus:
        if number in members:
            found[number, Pot.SURPLUS] = (chart.MEMBER_SURPLUS, number)
    return found


def standings_of(
    book: Book, arrivals: Arrivals, holders: Holders
) -> dict[tuple[str, str], Standing]:
    """Return what the members of a sheet hold, day by day, where it matters.

    It matters for principal shares, and for every pot that is taken from.
    """
    asked = arrivals.taken | {
        (member, Pot.PRINCIPAL.value) for member in arrivals.names
    }
    wanted: dict[tuple[int, int], tuple[str, str]] = {}
    for member, pot in asked:
        card = holders.cards.get((holders.members.get(member, 0), pot))
        if card is not None:
            wanted[card] = (member, pot)
    standings: dict[tuple[str, str], Standing] = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 200):
        part = [
            and_(Line.account_number == account, Line.card_number == number)
            for account, number in ordered[start : start + 200]
        ]
        moved = book.session.execute(
            select(
                Line.account_number,
                Line.card_number,
                Line.booked_on,
                total(Line.debit),
                total(Line.credit),
            )
            .where(Line.cooperative_id == book.cooperative_id)
            .where(or_(*part))
            .group_by(Line.account_number, Line.card_number, Line.booked_on)
            .order_by(Line.booked_on)
        )
        for account, number, on, debit, credit in moved:
            standing = standings.setdefault(wanted[account, number], Standing())
            standing.movements.append((on, credit.units - debit.units))
    return standings


def open_holders(
    book: Book,
    arrivals: Arrivals,
    holders: Holders,
    standings: Mapping[tuple[str, str], Standing],
) -> Holders:
    """Admit the members who are missing and open the cards that are missing.

    Who has paid the principal share in full, with what the sheet brings, is a
    member from that day; the others stay candidates.  All members leave one
    event, all cards one, all accounts one.
    """
    paid_up = _paid_up(book, arrivals, holders, standings)
    decided = figures(book, "admission_decided")
    savers = {said for said, _pot in arrivals.pots}
    members = dict(holders.members)
    people = people_of(book, set(members.values()))
    for said, number in members.items():
        person = people[number]
        if said in savers:
            check_here(person.name, person.status)
        if said not in paid_up or person.status is not MemberStatus.PROSPECTIVE:
            continue
        if not decided(paid_up[said]) or is_accepted(book, person):
            person.status, person.active_on = MemberStatus.ACTIVE, paid_up[said]
    book.session.flush()
    names = {number: person.name for number, person in people.items()}
    number, rows_of_members = last_member(book), []
    for said in holders.unknown:
        number += 1
        members[said] = number
        on, name = arrivals.first[said]
        active_on = paid_up.get(said)
        if active_on is not None and decided(active_on):
            active_on = None  # the by-laws want it decided: a candidate until then
        row = _new_member(book, number, said, name, on, active_on)
        names[number] = row["name"]
        rows_of_members.append(row)
    enter(book, Member, rows_of_members)
    cards = _open_cards(book, arrivals, members, names, dict(holders.cards))
    return Holders(members, cards, ())


def enter(book: Book, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows of a table, with one event that holds them all."""
    if rows:
        table = cast(Table, model.__table__)
        columns = {column.key: None for column in table.columns}
        whole_rows = [{**columns, **row} for row in rows]
        marks = ", ".join("?" * len(columns))
        book.run_many(
            f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})",
            [[plain(value) for value in row.values()] for row in whole_rows],
        )
        record(book, [(table, row) for row in whole_rows])


def people_of(book: Book, numbers: set[int]) -> dict[int, Member]:
    """Return some members by their number."""
    if not numbers:
        return {}
    found = book.session.scalars(
        select(Member).where(Member.cooperative_id == book.cooperative_id)
    )
    return {member.number: member for member in found if member.number in numbers}


def _new_member(
    book: Book, number: int, said: str, name: str, on: date, active_on: date | None
) -> dict[str, Any]:
    active = active_on is not None
    return {
        "cooperative_id": book.cooperative_id,
        "number": number,
        "name": " ".join(name.split()) or f"Anggota {said}",
        "status": MemberStatus.ACTIVE if active else MemberStatus.PROSPECTIVE,
        "joined_on": on,
        "active_on": active_on,
        "address": "",
        "village": "",
        "reference": "" if said == name else said,
    }


def shares_of(
    book: Book, arrivals: Arrivals, holders: Holders
) -> Callable[[str], Money]:
    """Return what says the principal share of a member of the sheet, by its number.

    It is that of the day on which somebody entered: in the book, or in the sheet.
    """
    on, entered = principal_share(book), entered_on(book, holders.members.values())

    def share(said: str) -> Money:
        known = holders.members.get(said)
        return on(arrivals.first[said][0] if known is None else entered[known])

    return share


def _paid_up(
    book: Book,
    arrivals: Arrivals,
    holders: Holders,
    standings: Mapping[tuple[str, str], Standing],
) -> dict[str, date]:
    """Return the day on which each member has paid the principal share in full."""
    share_of = shares_of(book, arrivals, holders)
    paid = {
        member: standing.units
        for (member, pot), standing in standings.items()
        if pot == Pot.PRINCIPAL
    }
    found: dict[str, date] = {}
    for part in sorted(arrivals.principal, key=attrgetter("on")):
        paid[part.member] = paid.get(part.member, 0) + whole(part.amount).units
        if paid[part.member] >= share_of(part.member).units:
            found.setdefault(part.member, part.on)
    return found


def _open_cards(
    book: Book,
    arrivals: Arrivals,
    members: Mapping[str, int],
    names: Mapping[int, str],
    cards: dict[tuple[int, str], tuple[int, int]],
) -> dict[tuple[int, str], tuple[int, int]]:
    kinds = {row.code: row for row in products(book)}
    number, accounts, opened = last_account(book), [], []
    for (said, pot), on in sorted(arrivals.pots.items(), key=itemgetter(1)):
        member, floor = members[said], ZERO
        if (member, pot) in cards:
            continue
        if pot == Pot.SURPLUS:
            control, card, name = chart.MEMBER_SURPLUS, member, "SHU"
        else:
            number += 1
            kind = kinds[pot]
            control, card, name = kind.account_number, number, kind.name_id
            floor = min(ZERO, kind.minimum_balance)
            accounts.append(
                {
                    "cooperative_id": book.cooperative_id,
                    "number": number,
                    "member_number": member,
                    "product_code": kind.code,
                    "account_number": control,
                    "opened_on": on,
                }
            )
        cards[member, pot] = (control, card)
        opened.append(
            {
                "cooperative_id": book.cooperative_id,
                "account_number": control,
                "number": card,
                "name": f"{name} {member:04d} {names[member]}",
                "floor": floor,
            }
        )
    enter(book, Card, opened)
    enter(book, SavingsAccount, accounts)
    return cards
