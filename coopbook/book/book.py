"""Book: a session confined to one cooperative, in one person's hands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import DeclarativeBase, Session

from coopbook.book.canon import canonical, digest, plain
from coopbook.book.model import Once
from coopbook.db.base import Base
from coopbook.db.engines import engine_for
from coopbook.errors import Conflict, Missing
from coopbook.i18n import N_
from coopbook.vault import Vault, vault_for

TOGETHER = 100
"""How many rows share a statement in SQLite; more of them save nothing further."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(eq=False)
class AlreadyOtherwise(Conflict):
    """The same key was used for something else."""

    sentence = N_(
        "This form was already used for something else. Open it afresh and try again."
    )

    key: str


@dataclass(eq=False)
class NotFounded(Missing):
    """There is no cooperative of that number in the database."""

    sentence = N_("Cooperative %(number)s is not in this book. Found it with: init")

    number: int


def _now() -> datetime:
    return datetime.now(UTC)


class Book:
    """What one person does in the book of one cooperative.

    Reading needs nothing more.  Writing happens inside ``transaction()``, which
    holds the cooperative from its first statement: what was asked stays true
    until it is posted.
    """

    def __init__(
        self,
        session: Session,
        cooperative_id: int,
        actor: str,
        *,
        vault: Vault | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.session = session
        self.cooperative_id = cooperative_id
        self.actor = actor
        self.vault = vault
        self.clock = clock
        self.lite = session.get_bind().dialect.name == "sqlite"
        self.writing = False
        self.once_key: str | None = None
        self.number, self.hash, self.recorded_at = 0, "", ""
        self._cursor: Any = None
        session.info["book"] = self

    # -- writing -------------------------------------------------------------

    @contextmanager
    def transaction(
        self, *, first: Callable[[Connection], None] | None = None
    ) -> Iterator[Book]:
        """Hold the cooperative, do everything inside or nothing.

        A transaction inside a transaction is part of it.  ``first`` runs before
        the cooperative is held, for the one act in which it is founded.
        """
        if self.writing:
            yield self
            return
        session = self.session
        if session.in_transaction():
            session.rollback()  # ends the reading snapshot: all is read afresh
        try:
            with self._begun() as connection:
                driver: Any = connection.connection.driver_connection
                self._cursor = driver.cursor()
                self.writing = True
                try:
                    if first is not None:
                        first(connection)
                    self._hold()
                    yield self
                    if session.in_transaction():
                        session.flush()
                        session.commit()
                except BaseException:
                    session.rollback()  # before the connection it may have joined
                    raise
        except BaseException:
            session.rollback()
            raise
        finally:
            self.writing, self.once_key = False, None
            self._cursor = None  # not closed: the pool may have closed its owner

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin to write on the session's connection; commit at the end.

        A session bound to a connection (``open_book``) joins the transaction when
        something in it is asked or changed, and costs nothing before.  One bound to
        an engine (a web request's) begins at once and commits by itself.
        """
        bind = self.session.get_bind()
        if isinstance(bind, Connection):
            bind.execution_options(writing=True)
            try:
                with bind.begin():
                    yield bind
            finally:
                bind.execution_options(writing=False)
        else:
            yield self.session.connection(execution_options={"writing": True})

    def _hold(self) -> None:
        locked = "" if self.lite else " FOR UPDATE"
        row = self.run(
            "SELECT number, hash, recorded_at FROM head WHERE cooperative_id = ?"
            + locked,
            (self.cooperative_id,),
        ).fetchone()
        if row is None:
            raise NotFounded(self.cooperative_id)
        self.number, self.hash, self.recorded_at = row

    def run(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run fixed SQL on the transaction's own driver connection."""
        assert self._cursor is not None, "only a transaction writes"
        return self._cursor.execute(
            sql if self.lite else sql.replace("?", "%s"), values
        )

    def ask(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Ask fixed SQL, in a transaction on its own connection, and return rows."""
        if self._cursor is not None:
            if self.session.new or self.session.dirty:
                self.session.flush()
            return self.run(sql, values).fetchall()
        text = sql if self.lite else sql.replace("?", "%s")
        return self.session.connection().exec_driver_sql(text, tuple(values)).all()

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run the same fixed SQL for many rows."""
        assert self._cursor is not None, "only a transaction writes"
        self._cursor.executemany(sql if self.lite else sql.replace("?", "%s"), rows)

    def run_together(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run an ``INSERT … VALUES (?, …)`` that triggers watch for many rows.

        SQLite opens a savepoint for every statement that a trigger watches, which
        costs more than the row; so there many rows share a statement.
        """
        shared = len(rows) - len(rows) % TOGETHER if self.lite else 0
        for start in range(0, shared, TOGETHER):
            values = chain.from_iterable(rows[start : start + TOGETHER])
            self.run(_for_many(sql), [*values])
        self.run_many(sql, rows[shared:])

    def moment(self) -> str:
        """Return now in UTC, never before the last record."""
        now = self.clock().astimezone(UTC).isoformat(timespec="microseconds")
        return max(self.recorded_at, now)

    def advance(self, number: int, record_hash: str, recorded_at: str) -> None:
        """Follow the head, which the guard has moved to a record just written."""
        self.number, self.hash, self.recorded_at = number, record_hash, recorded_at

    # -- once ----------------------------------------------------------------

    def once(
        self,
        key: str,
        service: Callable[Concatenate[Book, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Do what a service does, once for a key.

        The key is looked up before the service judges.  The same request again
        gives the first receipt; another request under the key is a
        ``Conflict``.
        """
        named = f"{service.__module__}.{service.__qualname__}"
        with self.transaction():
            asked = digest([named, list(args), kwargs])
            done = self.session.scalar(
                select(Once)
                .where(Once.cooperative_id == self.cooperative_id)
                .where(Once.key == key)
            )
            if done is not None:
                if done.asked != asked:
                    raise AlreadyOtherwise(key)
                kept: R = self._receipt(done.receipt)
                return kept
            before, self.once_key = self.number, f"{key} {asked}"
            try:
                result = service(self, *args, **kwargs)
                self.session.flush()
                if self.number > before:
                    self._keep(key, asked, result, before + 1)
            finally:
                self.once_key = None
            return result

    def _keep(self, key: str, asked: str, result: Any, record: int) -> None:
        """Keep what was done under a key.

        A receipt that is the first entry made is proved by it, because it carries
        the key.  Any other is a row of its own and leaves an event.
        """
        row = {
            "cooperative_id": self.cooperative_id,
            "key": key,
            "asked": asked,
            "receipt": _named(result),
            "record": record,
        }
        entry = getattr(result, "__tablename__", "") == "entry"
        if entry and result.number == record:
            self.run(
                "INSERT INTO once (cooperative_id, key, asked, receipt, record)"
                " VALUES (?, ?, ?, ?, ?)",
                tuple(row.values()),
            )
            return
        self.session.add(Once(**row))
        self.session.flush()

    def _receipt(self, text: str) -> Any:
        named = json.loads(text)
        if named is None:
            return None
        table, *key = named
        model = model_of(table)
        columns = inspect(model).primary_key
        return self.session.get(
            model, {c.key: _typed(c, v) for c, v in zip(columns, key, strict=True)}
        )

    # -- reading -------------------------------------------------------------

    def get(self, model: type[R], *key: Any) -> R | None:
        """Return the row of this cooperative under a key, if there is one."""
        return self.session.get(model, (self.cooperative_id, *key))


@cache
def _for_many(sql: str) -> str:
    """Return an ``INSERT`` of one row as one of so many rows together.

    >>> _for_many("INSERT INTO a VALUES (?, ?) ON CONFLICT DO NOTHING")[:42]
    'INSERT INTO a VALUES (?, ?),(?, ?),(?, ?),'
    """
    before, marks, after = re.split(r"(?<=VALUES )(\([?, ]+\))", sql, maxsplit=1)
    return f"{before}{','.join([marks] * TOGETHER)}{after}"


def _typed(column: Any, value: Any) -> Any:
    """Give a key's part back the type its column has."""
    kind = column.type.python_type if hasattr(column.type, "python_type") else str
    return date.fromisoformat(value) if kind is date else value


def _named(result: Any) -> str:
    return canonical(plain(result) if isinstance(result, DeclarativeBase) else None)


def model_of(table: str) -> type[Base]:
    """Return the class whose rows lie in a table."""
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == table:
            found: type[Base] = mapper.class_
            return found
    raise KeyError(table)


@contextmanager
def open_book(
    place: str | Path,
    cooperative_id: int = 1,
    actor: str = "",
    *,
    reading: bool = False,
    clock: Callable[[], datetime] = _now,
) -> Iterator[Book]:
    """Open a book: everything inside is done, or nothing.

    ``place`` is the book's folder or a database URL.  With ``reading`` nothing
    can be written.  Raises ``NotFounded`` when there is no such cooperative.
    """
    import coopbook.tables  # noqa: F401 - every model, before the first query

    engine = engine_for(place)
    try:
        with engine.connect() as connection, Session(connection) as session:
            book = Book(
                session, cooperative_id, actor, vault=vault_for(place), clock=clock
            )
            if reading:
                yield book
            else:
                with book.transaction():
                    yield book
    finally:
        engine.dispose()
