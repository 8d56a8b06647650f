"""The mandatory share as a treasurer fills a card: one coin after another."""

from __future__ import annotations


def fill(first, now, amounts, paid, exempt):
    """Return month → paid, walking coin by coin; and what no month took.

    ``amounts`` is what each month asks for; months are numbers like 202603.
    """
    card = {}
    month = first
    while month <= now:
        card[month] = 0
        month = after(month)
    end = now + 1000  # ten years
    month = first
    while (paid and month <= end) or month <= now:
        asks = 0 if month in exempt else amounts(month)
        put = 0
        while put < asks and paid:
            put += 1
            paid -= 1
        if put or month <= now:
            card[month] = put
        month = after(month)
    return card, paid


def after(month):
    return month + 1 if month % 100 < 12 else month + 89
