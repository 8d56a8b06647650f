"""Enter who may act for a member, take it back, and check every use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import last_day, months_after
from coopbook.db.types import total
from coopbook.ledger.model import Entry
from coopbook.ledger.queries import not_reversed
from coopbook.members.model import Member
from coopbook.members.queries import member as member_of
from coopbook.members.queries import normal_phone
from coopbook.members.relations import Relation
from coopbook.members.rules import check_name, tidy_number
from coopbook.members.sealing import seal_fields
from coopbook.members.standing import WhyNeeded
from coopbook.money import ZERO, Money
from coopbook.proxies import rules
from coopbook.proxies.model import Proxy, ProxyCard, ProxyUse
from coopbook.proxies.rules import ProxyKind


@dataclass(frozen=True, slots=True)
class Used:
    """A time a proxy took money out, as the member reads of it."""

    proxy: Proxy
    entry_number: int
    voucher: str
    booked_on: date
    amount: Money
    reversed_by: str | None


def enter_proxy(
    book: Book,
    member: Member,
    name: str,
    *,
    kind: ProxyKind,
    relation: Relation,
    accounts: Sequence[int],
    on: date,
    valid_until: date | None = None,
    monthly_limit: Money | None = None,
    paper: str = "",
    national_id: str | None = None,
    phone: str | None = None,
    scan: int | None = None,
) -> Proxy:
    """Write down who may act for a member, on which of the member's accounts.

    ``accounts`` are numbers of savings accounts that the caller has found to be the
    member's.  A guardian's right ends when the child is of age, a power of attorney
    on ``valid_until``.  Raises ``NameNeeded``, ``NotANumber``, ``CardsNeeded``,
    ``PowerNeedsEnd`` and ``NotAChild``.
    """
    if not accounts:
        raise rules.CardsNeeded(member.name)
    if kind is ProxyKind.GUARDIAN:
        age = setting(book, "adult_age", on)
        if not rules.is_child(member.born_on, on, age):
            raise rules.NotAChild(member.name, age)
        assert member.born_on is not None
        until = months_after(member.born_on, age * 12)
    else:
        last = months_after(on, setting(book, "proxy_months", on))
        if valid_until is None or not on <= valid_until <= last:
            raise rules.PowerNeedsEnd(on, last)
        until = valid_until
    last_number = book.session.scalar(
        select(func.max(Proxy.number)).where(
            Proxy.cooperative_id == book.cooperative_id
        )
    )
    row = Proxy(
        cooperative_id=book.cooperative_id,
        number=(last_number or 0) + 1,
        member_number=member.number,
        kind=kind,
        name=check_name(name),
        relation=relation,
        paper=paper.strip(),
        monthly_limit=monthly_limit,
        valid_from=on,
        valid_until=until,
        ended_on=None,
        end_reason=None,
        scan_number=scan,
    )
    seal_fields(
        book,
        row,
        national_id=tidy_number(national_id, "NIK"),
        phone=normal_phone(phone),
    )
    book.session.add(row)
    book.session.flush()
    for number in sorted(set(accounts)):
        book.session.add(
            ProxyCard(
                cooperative_id=book.cooperative_id,
                proxy_number=row.number,
                savings_number=number,
            )
        )
    book.session.flush()
    return row


def revoke(book: Book, proxy: Proxy, *, on: date, reason: str) -> Proxy:
    """Take a power back from a day on.

    Raises ``ProxyRevoked`` when it was taken back before, and ``WhyNeeded``.
    """
    if proxy.ended_on is not None and proxy.ended_on <= on:
        raise rules.ProxyRevoked(proxy.name, proxy.ended_on)
    if not reason.strip():
        raise WhyNeeded
    proxy.ended_on, proxy.end_reason = on, reason.strip()
    book.session.flush()
    return proxy


def proxy(book: Book, number: int) -> Proxy:
    """Return a proxy; raise ``NoSuchProxy``."""
    row = book.get(Proxy, number)
    if row is None:
        raise rules.NoSuchProxy(number)
    return row


def proxies_of(book: Book, member: Member) -> list[Proxy]:
    """Return everybody who may or might act for a member, newest first."""
    rows = (
        select(Proxy)
        .where(Proxy.cooperative_id == book.cooperative_id)
        .where(Proxy.member_number == member.number)
        .order_by(Proxy.number.desc())
    )
    return list(book.session.scalars(rows))


def holds(row: Proxy, on: date) -> bool:
    """Say whether a power holds on a day; its first and last day count."""
    taken_back = row.ended_on is not None and row.ended_on <= on
    return row.valid_from <= on <= row.valid_until and not taken_back


def ending(book: Book, on: date, days: int = 30) -> list[Proxy]:
    """Return the powers that end within so many days, the next one first."""
    rows = (
        select(Proxy)
        .where(Proxy.cooperative_id == book.cooperative_id)
        .where(Proxy.ended_on.is_(None))
        .where(Proxy.valid_until >= on)
        .order_by(Proxy.valid_until, Proxy.number)
    )
    found = book.session.scalars(rows)
    return [row for row in found if (row.valid_until - on).days <= days]


def cards_of(book: Book, row: Proxy) -> list[int]:
    """Return the numbers of the savings accounts on which a proxy may act."""
    rows = (
        select(ProxyCard.savings_number)
        .where(ProxyCard.cooperative_id == book.cooperative_id)
        .where(ProxyCard.proxy_number == row.number)
        .order_by(ProxyCard.savings_number)
    )
    return list(book.session.scalars(rows))


def used_in_month(book: Book, row: Proxy, on: date) -> Money:
    """Return what a proxy took out in a calendar month; reversed uses do not count."""
    return (
        book.session.scalar(
            select(total(ProxyUse.amount))
            .where(ProxyUse.cooperative_id == book.cooperative_id)
            .where(ProxyUse.proxy_number == row.number)
            .where(ProxyUse.booked_on >= on.replace(day=1))
            .where(ProxyUse.booked_on <= last_day(on.year, on.month))
            .where(not_reversed(ProxyUse))
        )
        or ZERO
    )


def check_use(
    book: Book, row: Proxy, savings_number: int, amount: Money, *, on: date
) -> None:
    """Refuse a use beyond the power: its days, its cards, its limit.

    Raises ``ProxyRevoked``, ``ProxyEnded``, ``GrownUp``, ``NotThisCard`` and
    ``BeyondLimit``.
    """
    if row.ended_on is not None and row.ended_on <= on:
        raise rules.ProxyRevoked(row.name, row.ended_on)
    if not row.valid_from <= on <= row.valid_until:
        raise rules.ProxyEnded(row.name, row.valid_from, row.valid_until, on)
    if row.kind is ProxyKind.GUARDIAN:
        age = setting(book, "adult_age", on)
        owner = member_of(book, row.member_number)
        if not rules.is_child(owner.born_on, on, age):
            raise rules.GrownUp(row.name, owner.name, age)
    accounts = cards_of(book, row)
    if savings_number not in accounts:
        raise rules.NotThisCard(row.name, tuple(accounts))
    rules.check_limit(
        row.name, amount, limit=row.monthly_limit, used=used_in_month(book, row, on)
    )


def check_not_revoked(row: Proxy) -> None:
    """Refuse a proxy revoked since somebody asked: whatever day the request names."""
    if row.ended_on is not None:
        raise rules.ProxyRevoked(row.name, row.ended_on)


def note_use(book: Book, row: Proxy, entry: Entry, amount: Money) -> None:
    """Keep that a proxy took money out by an entry."""
    book.session.add(
        ProxyUse(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            proxy_number=row.number,
            booked_on=entry.booked_on,
            amount=amount,
        )
    )
    book.session.flush()


def check_grown(book: Book, member: Member, *, on: date, by: Proxy | None) -> None:
    """Refuse to pay a child without the guardian; raise ``GuardianNeeded``."""
    age = setting(book, "adult_age", on)
    guarded = by is not None and by.kind is ProxyKind.GUARDIAN
    if rules.is_child(member.born_on, on, age) and not guarded:
        raise rules.GuardianNeeded(member.name, age)


def uses(book: Book, member: Member, limit: int = 25) -> list[Used]:
    """Return what was taken out for a member by others, newest first."""
    undoing = (
        select(Entry.reverses, Entry.voucher)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses.is_not(None))
        .subquery()
    )
    rows = book.session.execute(
        select(Proxy, ProxyUse, Entry.voucher, undoing.c.voucher)
        .join(
            ProxyUse,
            (ProxyUse.cooperative_id == Proxy.cooperative_id)
            & (ProxyUse.proxy_number == Proxy.number),
        )
        .join(
            Entry,
            (Entry.cooperative_id == ProxyUse.cooperative_id)
            & (Entry.number == ProxyUse.entry_number),
        )
        .outerjoin(undoing, undoing.c.reverses == ProxyUse.entry_number)
        .where(Proxy.cooperative_id == book.cooperative_id)
        .where(Proxy.member_number == member.number)
        .order_by(ProxyUse.entry_number.desc())
        .limit(limit)
    )
    return [
        Used(row, use.entry_number, voucher, use.booked_on, use.amount, undone)
        for row, use, voucher, undone in rows
    ]
