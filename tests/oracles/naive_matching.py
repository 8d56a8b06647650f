"""Bank and book matched by looking at every pair and every part of every day.

Imports nothing of coopbook.  A line is ``(day, key, units)``, the day a whole number;
a line of the book has a fourth part, the key of the line it takes back, or None.
"""

from __future__ import annotations

from itertools import combinations, product


def matched(bank, book, within, few, late):
    """Return ``(bank keys, book keys, why)`` in the order they are found."""
    bank, book, found = sorted(bank), sorted(book, key=lambda line: line[:3]), []
    for line in list(book):
        first = [each for each in book if each[1] == line[3]]
        if first and line in book and first[0][2] == -line[2]:
            book = [each for each in book if each not in (line, first[0])]
            found.append(((), (first[0][1], line[1]), "back"))
    bank, book = _pairs(bank, book, found, "one", range(-within, within + 1))
    for why in ("day", "part"):
        for turned in (False, True):
            one, many = (book, bank) if turned else (bank, book)
            for line in list(one):
                some = _some(line, many, within, why, few)
                if some:
                    one = [each for each in one if each != line]
                    many = [each for each in many if each not in some]
                    keys = tuple(each[1] for each in some)
                    sides = (keys, (line[1],)) if turned else ((line[1],), keys)
                    found.append((*sides, why))
            bank, book = (many, one) if turned else (one, many)
    _pairs(bank, book, found, "late", range(within + 1, late + 1))
    return found


def _pairs(bank, book, found, why, later):
    while True:
        pairs = [
            (abs(left[0] - right[0]), left[:2], right[:2])
            for left, right in product(bank, book)
            if left[2] == right[2] and left[0] - right[0] in later
        ]
        if not pairs:
            return bank, book
        _apart, left, right = min(pairs)
        bank = [each for each in bank if each[:2] != left]
        book = [each for each in book if each[:2] != right]
        found.append(((left[1],), (right[1],), why))


def _some(line, many, within, why, few):
    days = sorted(
        {each[0] for each in many if abs(each[0] - line[0]) <= within},
        key=lambda day: (abs(day - line[0]), day),
    )
    for day in days:
        there = [
            each for each in many if each[0] == day and (each[2] > 0) == (line[2] > 0)
        ]
        parts = [there] if why == "day" else []
        if why == "part" and len(there) <= few:
            parts = [
                part
                for size in range(2, len(there) + 1)
                for part in combinations(there, size)
            ]
        for part in parts:
            if len(part) > 1 and sum(each[2] for each in part) == line[2]:
                return list(part)
    return None
