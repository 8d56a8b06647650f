"""Balances equal lines, cards equal accounts, numbers without gaps, keys once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from coopbook.book.canon import canonical
from coopbook.chain.findings import Wrong
from coopbook.decisions.rules import SERIES
from coopbook.i18n import N_
from coopbook.ledger.following import rows
from coopbook.verification.rows import images_of

MOVED = (
    "SELECT account_number, card_number, booked_on, sum(debit), sum(credit)"
    " FROM line WHERE cooperative_id = {}"
    " GROUP BY account_number, card_number, booked_on"
    " ORDER BY account_number, card_number, booked_on"
)
MONTHS = (
    "SELECT account_number, card_number, month, opening, debit, credit FROM balance"
    " WHERE cooperative_id = {} ORDER BY account_number, card_number, month"
)
DAYS = (
    "SELECT account_number, day, opening, debit, credit FROM day_balance"
    " WHERE cooperative_id = {} ORDER BY account_number, day"
)
MEMORANDUM = (
    "SELECT number FROM account WHERE cooperative_id = {} AND account_type = 'memo'"
    " ORDER BY number"
)


def check_balances(connection: Connection, cooperative_id: int) -> int:
    """Recompute every carried balance from the lines; return how many there are."""
    months: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    days: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for account, card, day, left, right in rows(connection, MOVED, cooperative_id):
        month = int(day[:4]) * 100 + int(day[5:7])
        for place, key in ((months, (account, card, month)), (days, (account, day))):
            place[key][0] += int(left)
            place[key][1] += int(right)
    _compare(
        _carried(months),
        {row[:3]: row[3:] for row in rows(connection, MONTHS, cooperative_id)},
        N_("The balance of %(place)s does not equal its lines."),
    )
    _compare(
        _carried(days),
        {row[:2]: row[2:] for row in rows(connection, DAYS, cooperative_id)},
        N_("The day's balance of %(place)s does not equal its lines."),
    )
    return len(months) + len(days)


def _carried(moved: dict[Any, list[int]]) -> dict[Any, tuple[int, int, int]]:
    found, running, last = {}, 0, None
    for key in sorted(moved):
        owner = key[:-1]
        running = running if owner == last else 0
        left, right = moved[key]
        found[key] = (running, left, right)
        running, last = running + left - right, owner
    return found


def _compare(expected: dict[Any, Any], found: dict[Any, Any], sentence: str) -> None:
    for key in sorted({*expected, *found}, key=str):
        if tuple(expected.get(key, ())) != tuple(found.get(key, ())):
            raise Wrong(sentence, place=" · ".join(map(str, key)))


def check_cards(connection: Connection, cooperative_id: int) -> int:
    """Compare each account with the sum of its cards; return how many accounts."""
    cards: dict[int, int] = defaultdict(int)
    latest: dict[Any, int] = {}
    for account, card, _, opening, left, right in rows(
        connection, MONTHS, cooperative_id
    ):
        latest[account, card] = opening + left - right
    for (account, _), units in latest.items():
        cards[account] += units
    accounts: dict[int, int] = {}
    for account, _, opening, left, right in rows(connection, DAYS, cooperative_id):
        accounts[account] = opening + left - right
    for account in sorted({*cards, *accounts}):
        if cards.get(account) != accounts.get(account):
            raise Wrong(
                N_("Account %(account)s differs from the sum of its cards."),
                account=account,
            )
    if sum(accounts.values()):
        raise Wrong(N_("The trial balance does not balance."))
    memorandum = rows(connection, MEMORANDUM, cooperative_id)
    apart = sum(accounts.get(number, 0) for (number,) in memorandum)
    if apart:
        raise Wrong(
            N_(
                "Memorandum accounts differ by %(apart)s among themselves: an entry"
                " mixed them with money."
            ),
            apart=f"{abs(apart):,}",
        )
    return len(accounts)


def check_numbers(connection: Connection, cooperative_id: int) -> int:
    """Follow vouchers and decisions from 1 to their counters; return how many."""
    counters = dict(
        rows(
            connection,
            "SELECT series, last FROM counter WHERE cooperative_id = {}"
            " ORDER BY series",
            cooperative_id,
        )
    )
    seen: dict[str, list[int]] = defaultdict(list)
    found = rows(
        connection,
        "SELECT voucher, kind, booked_on FROM entry WHERE cooperative_id = {}"
        " ORDER BY number",
        cooperative_id,
    )
    for voucher, kind, day in found:
        series, _, number = voucher.rpartition("-")
        if series != f"{kind}-{day[:4]}" or not number.isdigit():
            raise Wrong(
                N_("Voucher %(voucher)s is not numbered by its kind and year."),
                voucher=voucher,
            )
        seen[series].append(int(number))
    decided = rows(
        connection,
        "SELECT label, body, decided_on FROM decision WHERE cooperative_id = {}"
        " ORDER BY number",
        cooperative_id,
    )
    for label, body, day in decided:
        series, _, number = label.rpartition("-")
        if series != f"{SERIES.get(body)}-{day[:4]}" or not number.isdigit():
            raise Wrong(
                N_("Decision %(label)s is not numbered by its body and year."),
                label=label,
            )
        seen[series].append(int(number))
    for series in sorted({*counters, *seen}):
        numbers = seen[series]
        for expected, number in enumerate(sorted(numbers), start=1):
            if number != expected:
                raise Wrong(
                    N_("Voucher %(voucher)s is missing."),
                    voucher=f"{series}-{expected:06d}",
                )
        if not numbers or counters.get(series) != len(numbers):
            raise Wrong(
                N_("The counter of %(series)s says %(counter)s, not %(last)s."),
                series=series,
                counter=counters.get(series),
                last=len(numbers),
            )
    return sum(map(len, seen.values()))


def check_once(connection: Connection, cooperative_id: int) -> int:
    """Compare every key used once with the records made under it."""
    made: dict[str, list[tuple[int, str]]] = defaultdict(list)
    images, count = images_of(connection, cooperative_id), 0
    for table in ("entry", "event"):
        found = rows(
            connection,
            f"SELECT number, once FROM {table} WHERE cooperative_id = {{}}"
            " AND once IS NOT NULL ORDER BY number",
            cooperative_id,
        )
        for number, once in found:
            made[once].append((number, table))
    kept = rows(
        connection,
        "SELECT key, asked, receipt, record FROM once WHERE cooperative_id = {}"
        " ORDER BY key",
        cooperative_id,
    )
    for key, asked, receipt, record in kept:
        records = sorted(made.pop(f"{key} {asked}", []))
        if not records or records[0][0] != record:
            raise Wrong(
                N_("Key %(key)s does not belong to record %(record)s."),
                key=key,
                record=record,
            )
        _, image = images.get(("once", (str(cooperative_id), key)), (None, None))
        entries = [
            canonical(["entry", cooperative_id, number])
            for number, made_as in records
            if made_as == "entry"
        ]
        kept_as = [image["receipt"]] if image is not None else entries[:1]
        if receipt not in kept_as:
            raise Wrong(N_("The receipt kept for key %(key)s was changed."), key=key)
        count += 1
    for once, records in made.items():
        raise Wrong(
            N_("Key %(key)s of record %(record)s is gone."),
            key=once.split(" ")[0],
            record=records[0][0],
        )
    return count
