"""Desk: which book, which cooperative, who sits there, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from coopbook.dates import FIRST_YEAR, LAST_YEAR
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_, say

if TYPE_CHECKING:
    from coopbook.book import Book


@dataclass(eq=False)
class NoBook(Missing):
    """There is no book in the folder."""

    sentence = N_("There is no book in %(place)s. Make one with: coopbook init")

    place: str


@dataclass(eq=False)
class NobodySits(Refused):
    """What is written carries a name."""

    sentence = N_("Say who you are: coopbook --as NAME ...")


@dataclass(eq=False)
class NotCome(Refused):
    """Nothing is booked on a day to come."""

    sentence = N_("%(asked)s has not come yet. Use %(today)s or an earlier date.")

    asked: date
    today: date


@dataclass
class Desk:
    """What every command is told before its own words."""

    place: str
    cooperative: int
    actor: str
    language: str

    def say(self, sentence: str, **facts: Any) -> str:
        """Say a sentence in the desk's language."""
        return (
            say(sentence, self.language) % facts
            if facts
            else say(sentence, self.language)
        )

    def echo(self, sentence: str, **facts: Any) -> None:
        """Print a sentence."""
        click.echo(self.say(sentence, **facts))

    def check_there(self) -> None:
        """Refuse a folder without a book before an engine makes an empty one."""
        if "://" not in self.place and not (Path(self.place) / "book.db").exists():
            raise NoBook(self.place)

    @contextmanager
    def read(self) -> Iterator[Book]:
        """Open the book for reading."""
        from coopbook.book import open_book

        self.check_there()
        with open_book(self.place, self.cooperative, self.actor, reading=True) as book:
            yield book

    @contextmanager
    def write(self) -> Iterator[Book]:
        """Open the book as somebody in it: one command, one transaction."""
        from coopbook.book import open_book
        from coopbook.people import user

        self.check_there()
        if not self.actor:
            raise NobodySits
        with open_book(self.place, self.cooperative, self.actor) as book:
            user(book, self.actor)
            yield book


def today(book: Book) -> date:
    """Return the date where the cooperative is: the clock enters here."""
    from coopbook.cooperatives import cooperative

    return datetime.now(ZoneInfo(cooperative(book).timezone)).date()


def business_day(book: Book, on: date | None) -> date:
    """Return the day said, or today; what has not come yet is refused.

    The command line books further back than the desks do: it is for scripts and
    for those who hold the file anyway, and what it writes is signed and dated.
    """
    now = today(book)
    if on is not None and on > now:
        raise NotCome(on, now)
    return on or now


def posted(
    book: Book, key: str | None, service: Callable[..., Any], *args: Any, **about: Any
) -> Any:
    """Do what a service does, once where a key is given; return its receipt."""
    if key:
        return book.once(key, service, *args, **about)
    return service(book, *args, **about)


class Day(click.ParamType[date]):
    """A date: ``2026-11-21`` or ``21/11/2026``."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Read a date, or say how one is written."""
        if isinstance(value, date):
            return value
        for shape in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                day = datetime.strptime(value, shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.fail(f"{value!r} is not a day from {FIRST_YEAR} to {LAST_YEAR}")
            return day
        self.fail(f"{value!r} is not a date such as 2026-11-21 or 21/11/2026")
        return None


class Amount(click.ParamType[Any]):
    """An amount in whole rupiah: ``250000`` or ``250.000``."""

    name = "amount"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Read an amount, or say how one is written."""
        from coopbook.money import Money

        if isinstance(value, Money):
            return value
        text = value.removeprefix("Rp").strip()
        parts = text.split(".")
        plain = "".join(parts)
        grouped = len(parts) == 1 or (
            1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
        )
        if not (plain.isascii() and plain.isdigit() and grouped):
            self.fail(f"{value!r} is not an amount such as 250000 or 250.000")
        return Money(int(plain))


class Percentage(click.ParamType[str]):
    """A percentage as it is quoted, with a point or a comma, kept exact as text."""

    name = "percent"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Read a percentage, or say how one is written."""
        text = str(value).strip().removesuffix("%").replace(",", ".")
        try:
            Fraction(text)
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is not a percentage such as 1.5")
        return text


DAY, AMOUNT, PERCENT = Day(), Amount(), Percentage()
pass_desk = click.make_pass_decorator(Desk)
channel_option = click.option(
    "--channel", type=click.Choice(["cash", "bank"]), default="cash"
)
payer_option = click.option(
    "--payer", default="", help="Who pays, when it is not the member."
)
reference_option = click.option(
    "--reference", default="", help="Reference of the transfer."
)
on_option = click.option("--on", type=DAY, help="Business date; today unless said.")
format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)
