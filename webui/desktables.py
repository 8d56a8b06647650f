"""The tables of the small database beside the book, and how it is opened."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    text,
)

metadata = MetaData()

session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("cooperative_id", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("idle", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Index("ix_session_user", "cooperative_id", "user_name"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("wrong", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("locks", BigInteger, nullable=False),
    Column("locked_until", BigInteger, nullable=False),
)

parked = Table(
    "parked",
    metadata,
    Column("key", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)

printing = Table(
    "printing",
    metadata,
    Column("cooperative_id", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_number", BigInteger, primary_key=True, autoincrement=False),
    Column("prints", BigInteger, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    Column("cooperative_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("user_name", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("path", Text, nullable=False),
)


def open_desk(url: str) -> Engine:
    """Open the desks' database: a file beside the book, or a schema of its own."""
    if url.startswith("sqlite"):
        engine = create_engine(url)

        @event.listens_for(engine, "connect")
        def _settle(connection: object, record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.close()

        return engine
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    first = create_engine(url)
    with first.begin() as connection:
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS desk"))
    first.dispose()
    return create_engine(url, connect_args={"options": "-csearch_path=desk"})
