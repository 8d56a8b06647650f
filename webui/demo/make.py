"""Live three years in a village, through the same services the desks use."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook import ledger
from coopbook.book import Book
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import last_day, months_after
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.people import Role, add_user
from coopbook.people.service import HASHER
from coopbook.vault import vault_for
from webui.demo.bank import hear_the_bank
from webui.demo.life import Village
from webui.demo.matters import Matters, post_interest, set_terms
from webui.demo.people import STAFF
from webui.demo.troubles import befall
from webui.demo.years import agree_on_shares, end_year

PASSWORD = "melati-desa-contoh"  # noqa: S105 - it opens a sample and nothing else
YEARS = 3
MEMBERS = 120
SEED = 503

Progress = Callable[[int, int], None]


class SimulatedClock:
    """A clock that goes on a little with every look, from the day it was set to."""

    def __init__(self, start: date) -> None:
        self.set(start)

    def set(self, day: date) -> None:
        """Go to the morning of a day."""
        self._now = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment, and let a minute or so pass."""
        self._now += timedelta(seconds=71)
        return self._now


def make_demo(
    place: str | Path, today: date, *, progress: Progress = lambda done, whole: None
) -> None:
    """Make the sample book in an empty folder or database.

    The same day makes the same book: names, amounts and dates come from a fixed
    seed.  Each month is one transaction.
    """
    if "://" not in str(place):
        Path(place).mkdir(parents=True, exist_ok=True)
    engine = engine_for(place)
    schema.upgrade(engine)
    first_day = months_after(today.replace(day=1), -12 * YEARS)
    clock = SimulatedClock(first_day)
    vault = vault_for(place, make=True)
    with Session(engine) as session:
        with founding(
            session,
            number=1,
            name="Koperasi Melati",
            village="Desa Contoh",
            district="Kecamatan Contoh",
            registration_no="000000000000",
            first_day=first_day,
            sample=True,
            actor="budi",
            vault=vault,
            clock=clock,
        ) as book:
            _enter_staff(book, first_day)
            set_terms(book, first_day)
            agree_on_shares(book, first_day)
            _enter_offices(book, first_day)
        book = Book(session, 1, "rina", vault=vault, clock=clock)
        village = Village(book, random.Random(SEED), MEMBERS, today)  # noqa: S311 - a sample
        months = 12 * YEARS + 1
        for month in range(months):
            begin = months_after(first_day, month)
            end = min(last_day(begin.year, begin.month), today)
            clock.set(begin)
            with book.transaction():
                if begin.month == 3:
                    end_year(book, begin.year - 1, begin)
                village.live(begin, end, clock.set)
                if months - month > 3:
                    clock.set(months_after(begin, 1))
                    village.acting("yanti")
                    post_interest(book, f"{begin:%Y-%m}")
                    ledger.close_month(book, f"{begin:%Y-%m}")
            progress(month + 1, months)
        clock.set(today)
        with book.transaction():
            village.leave_work(today)
            Matters(book, village.joined, today).happen()
            befall(book, today)
            hear_the_bank(book, today)
            _enter_member(book, first_day)
    engine.dispose()


def _enter_staff(book: Book, on: date) -> None:
    kept = HASHER.hash(PASSWORD)
    for name, full_name, roles in STAFF:
        add_user(book, name, full_name, kept, roles, on=on, hashed=True)


def _enter_offices(book: Book, on: date) -> None:
    """Let a board hold office all the time, and the village head change half-way."""
    change = months_after(on, 6 * YEARS)
    for office, name, since, source in (
        (Office.BOARD, f"Pengurus {on.year}-{on.year + 5}", on, "Rapat pendirian"),
        (Office.VILLAGE_HEAD, "Darto Suwito", on, "SK Bupati"),
        (Office.VILLAGE_HEAD, "Sri Wahyuni", change, "SK Bupati"),
    ):
        begin_term(book, office, name, on=since, source=source)


def _enter_member(book: Book, on: date) -> None:
    """Let member 1 log in on the phone."""
    from coopbook.members import member

    first = member(book, 1)
    add_user(
        *(book, "anggota", first.name, HASHER.hash(PASSWORD), [Role.MEMBER]),
        on=on,
        member_number=first.number,
        hashed=True,
    )
