"""Found a cooperative: its chart, its products, its first person, in one act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from coopbook import ledger, loans, savings
from coopbook.book import Book, Head
from coopbook.chain.recording import record
from coopbook.cooperatives import Cooperative, Setting
from coopbook.cooperatives.standards import STANDARDS
from coopbook.db.base import Base
from coopbook.vault import Vault


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def founding(
    session: Session,
    *,
    number: int,
    name: str,
    first_day: date,
    actor: str,
    village: str = "",
    district: str = "",
    registration_no: str = "",
    timezone: str = "Asia/Jakarta",
    language: str = "id",
    sample: bool = False,
    vault: Vault | None = None,
    clock: Callable[[], datetime] = _now,
) -> Iterator[Book]:
    """Enter a cooperative and everything it begins with, and hand out its book.

    The transaction is still open inside, so that the first person is entered in
    the same act; nothing remains when that fails.
    """
    row = {
        "id": number,
        "name": name.strip(),
        "village": village.strip(),
        "district": district.strip(),
        "registration_no": registration_no.strip(),
        "first_day": first_day,
        "timezone": timezone,
        "language": language,
        "sample": sample,
    }
    tables = Base.metadata.tables

    def enter(connection: Connection) -> None:
        connection.execute(insert(tables["cooperative"]).values(**row))
        connection.execute(
            insert(tables[Head.__tablename__]).values(
                cooperative_id=number, number=0, hash="", recorded_at=""
            )
        )

    book = Book(session, number, actor, vault=vault, clock=clock)
    with book.transaction(first=enter):
        record(book, [(tables[Cooperative.__tablename__], row)])
        for standard in STANDARDS:
            session.add(
                Setting(
                    cooperative_id=number,
                    name=standard.name,
                    valid_from=first_day,
                    value=str(standard.value),
                    source=standard.source,
                )
            )
        ledger.enter_chart(book)
        savings.enter_products(book, first_day)
        loans.enter_products(book)
        yield book
