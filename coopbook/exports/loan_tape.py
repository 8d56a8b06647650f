"""The loan tape: one row for each loan, for a lender, an auditor, a researcher.

Keys in place of people: no name, no personal number.  ``dictionary.csv`` explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coopbook import baddebts, groups, loans
from coopbook.baddebts import Assessed, Judged, Policy, Verdict, lateness_of
from coopbook.baddebts.queries import IN_USE, RAN
from coopbook.book import Book
from coopbook.cooperatives import terms_of_office
from coopbook.exports.csv_export import PLAIN, Style, table
from coopbook.exports.folder import Folder, Manifest, Totals
from coopbook.exports.tape_columns import COLUMNS
from coopbook.exports.tape_row import Told
from coopbook.i18n import say
from coopbook.loans import Loan, is_cured
from coopbook.members import Member
from coopbook.money import Money

TAPE, DICTIONARY = "loan-tape.csv", "dictionary.csv"
HEADINGS = (
    *("column", "meaning_en", "meaning_id", "type", "unit", "example", "codes"),
)
HIDDEN = "•••"
WORD, LONG_NUMBER = re.compile(r"\w+"), re.compile(r"\+?\d(?:[\s./()-]*\d){7,}")
"""Eight figures or more, however they are spaced: an identity number, a telephone."""


def write_loan_tape(
    book: Book,
    directory: Path | str,
    *,
    on: date,
    everything: bool = False,
    style: Style = PLAIN,
) -> Manifest:
    """Write the loans that ran on a day into a new folder, with their dictionary.

    With ``everything`` those that were paid off by then are there too.

    Raises: ``FolderInUse`` when the folder holds anything already.
    """
    folder = Folder(directory, book, booked_to=on)
    counted = Totals()
    names = [column.name for column in COLUMNS]
    rows = (_cells(told) for told in tape(book, on, everything=everything))
    folder.add(TAPE, table(names, _counting(rows, counted), style), counted)
    counted = Totals()
    folder.add(
        DICTIONARY, table(HEADINGS, _counting(dictionary(), counted), style), counted
    )
    return folder.close()


def dictionary() -> Iterator[list[str]]:
    """Hand out what each column means, in both languages, and how it is read."""
    for column in COLUMNS:
        yield [
            *(column.name, column.meaning, say(column.meaning, "id")),
            *(column.kind, column.unit, column.example, "|".join(column.codes)),
        ]


def tape(book: Book, on: date, *, everything: bool = False) -> Iterator[Told]:
    """Hand out the loans of a day, by number."""
    now = baddebts.assess(book, on)
    classed: dict[int, dict[Policy, Verdict]] = {}
    known = baddebts.judged_loans(book, on)
    for policy in IN_USE:
        same = policy is now.policy
        other = now if same else baddebts.assess(book, on, policy=policy)
        for each in other.rows:
            classed.setdefault(each.loan.number, {})[policy] = each.verdict
    assessed = {each.loan.number: each for each in now.rows}
    paid_out = _paid_out(book, on) if everything else [one.loan for one in now.rows]
    officers = loans.officers_of(book, paid_out)
    offices = {term.number: term for term in terms_of_office(book)}
    without = Without(_names(book))
    for loan in paid_out:
        row = assessed.get(loan.number)
        standing = row.standing if row else loans.standing(book, loan, on)
        group = groups.group_behind(book, loan)
        yield Told(
            on=on,
            loan=loan,
            terms=loans.terms_of(loan),
            standing=standing,
            lateness=lateness_of(loan, standing, on),
            judged=known.get(loan.number, Judged()),
            assessed=row,
            verdicts=classed.get(loan.number, {}),
            carried=_carried(book, loan, row, on),
            purpose=without.people(loan.purpose, loan.member.name),
            hamlet=without.people(loan.member.hamlet or ""),
            officer=officers[loan.number],
            group=group.number if group else None,
            offices=offices,
            first_late_on=baddebts.first_late(book, loan, on),
        )


class Without:
    """Text without the people in it: names of members, and long numbers."""

    def __init__(self, names: Iterable[str]) -> None:
        """Remember names by their first word, longer ones before shorter."""
        self.names: dict[str, list[list[str]]] = {}
        for words in sorted(map(_words, names), key=len, reverse=True):
            if words:
                self.names.setdefault(words[0], []).append(words)

    def people(self, text: str, own: str = "") -> str:
        """Return a text in which people are hidden; of ``own`` each word of the name.

        >>> without = Without(["Siti Aminah"])
        >>> without.people("Warung SITI  AMINAH, hp 0812-3456-7890")
        'Warung •••, hp •••'
        >>> without.people("Warung Siti"), without.people("Warung Siti", "Siti Aminah")
        ('Warung Siti', 'Warung •••')
        """
        text = LONG_NUMBER.sub(HIDDEN, text)
        found, own_words = list(WORD.finditer(text)), set(_words(own))
        said = [word[0].casefold() for word in found]
        parts, kept, place = list[str](), 0, 0
        while place < len(found):
            length = next(
                (
                    len(one)
                    for one in self.names.get(said[place], ())
                    if said[place : place + len(one)] == one
                ),
                int(said[place] in own_words),
            )
            if length:
                parts += [text[kept : found[place].start()], HIDDEN]
                kept = found[place + length - 1].end()
            place += length or 1
        return "".join([*parts, text[kept:]])


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _names(book: Book) -> Iterable[str]:
    rows = select(Member.name).where(Member.cooperative_id == book.cooperative_id)
    return book.session.scalars(rows)


def _paid_out(book: Book, on: date) -> list[Loan]:
    """Return every loan that was paid out by a day."""
    rows = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    )
    return list(book.session.scalars(rows))


def _carried(book: Book, loan: Loan, row: Assessed | None, on: date) -> int | None:
    """Return the days a restructured loan came with, as long as they count."""
    if not loan.carried_days or row is None:
        return None if loan.carried_days is None else 0
    return 0 if is_cured(book, loan, on) else loan.carried_days


def _cells(told: Told) -> list[object]:
    found = (column.value(told) for column in COLUMNS)
    return [value.units if isinstance(value, Money) else value for value in found]


def _counting(
    rows: Iterable[list[object]] | Iterator[list[str]], totals: Totals
) -> Iterator[Iterable[object]]:
    for row in rows:
        totals.count(0, 0)
        yield row
