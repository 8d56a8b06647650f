"""Run every check; whatever was done to the file, the answer is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from coopbook.chain.findings import Check, Finding, Wrong
from coopbook.checkpoints.rules import Statement
from coopbook.db.engines import engine_for
from coopbook.i18n import N_
from coopbook.ledger.following import check_chain
from coopbook.vault import Vault, secret_path, vault_for
from coopbook.verification import (
    approved,
    banked,
    checkpointed,
    claimed,
    daily,
    domain,
    engine,
    figures,
    owned,
    replayed,
    rows,
    stocked,
)

ENGINE = N_("The database is sound")
SCHEMA = N_("Tables and guards are as they should be")
CHAIN = N_("Entries balance and the chain holds")
ROWS = N_("Events match rows")
BALANCES = N_("Balances equal lines")
CARDS = N_("Cards equal control accounts")
NUMBERS = N_("Vouchers are numbered without gaps")
ONCE = N_("What was asked once was done once")
IMPORTS = N_("What was imported is what was brought in")
LOANS = N_("Loans and savings agree with their cards")
REPLAYS = N_("Loans come out as their own events say")
DAILY = N_("What is kept of every loan is what its events say")
CLAIMS = N_("Written-off loans are claimed as the memorandum accounts say")
BANK = N_("The bank's statements follow, and no line is matched twice")
GOODS = N_("Goods in stock are what moved, and cost what their account holds")
ASSETS = N_("Assets were bought as they say, and wore out no more than they may")
APPROVED = N_("Years the members approved are closed and unchanged")
CHECKPOINTS = N_("The book's own checkpoints fit the chain")
KNOWN = N_("A checkpoint that was kept elsewhere fits")


def verify(
    place: str | Path | None = None,
    *,
    engine: Engine | None = None,
    vault: Vault | None = None,
    cooperative_id: int | None = None,
    known: Iterable[Statement] = (),
) -> list[Check]:
    """Check a book and return every check, each with the first thing it found.

    ``known`` are checkpoints that others kept; each is a check of its own.
    Never raises for what it finds: a file that cannot be read is a finding.
    """
    own = engine is None
    try:
        if engine is None:
            assert place is not None, "a place or an engine"
            missing = _missing(place)
            if missing is not None:
                return [Check(ENGINE, None, 0, missing)]
            engine = engine_for(place)
            vault = vault or vault_for(place)
        return list(_checks(engine, vault, cooperative_id, known))
    except (SQLAlchemyError, DBAPIError, OSError, ValueError, RuntimeError) as error:
        return [Check(ENGINE, None, 0, _unreadable(error))]
    finally:
        if own and engine is not None:
            engine.dispose()


def _missing(place: str | Path) -> Finding | None:
    path = secret_path(place)
    if path is None or "://" in str(place):
        return None
    file = Path(place) / "book.db"
    if not file.exists():
        return Finding(N_("There is no book in %(place)s."), {"place": str(place)})
    return None


def _unreadable(error: BaseException) -> Finding:
    told = str(getattr(error, "orig", None) or error).splitlines() or [""]
    return Finding(N_("The book cannot be read: %(told)s"), {"told": told[0][:300]})


def _one(name: str, cooperative_id: int | None, check: Callable[[], int]) -> Check:
    try:
        return Check(name, cooperative_id, check())
    except Wrong as wrong:
        return Check(name, cooperative_id, 0, wrong.finding)
    except Exception as error:  # whatever was done to the file, say so and go on
        return Check(name, cooperative_id, 0, _unreadable(error))


def _checks(
    own: Engine,
    vault: Vault | None,
    cooperative_id: int | None,
    known: Iterable[Statement],
) -> Iterator[Check]:
    with own.connect() as connection:
        yield _one(ENGINE, None, lambda: engine.check_engine(connection))
        yield _one(SCHEMA, None, lambda: engine.check_schema(connection))
        try:
            numbers = _cooperatives(connection)
        except Wrong as wrong:
            yield Check(CHAIN, None, 0, wrong.finding)
            return
        except SQLAlchemyError as error:
            yield Check(CHAIN, None, 0, _unreadable(error))
            return
        for number in numbers if cooperative_id is None else [cooperative_id]:
            yield from _of_cooperative(connection, number, vault)
        for one in known:
            fits = partial(checkpointed.check_known, connection, one)
            yield _one(KNOWN, one.cooperative, fits)


def _cooperatives(connection: Connection) -> list[int]:
    found = connection.exec_driver_sql(
        "SELECT cooperative_id FROM head UNION SELECT id FROM cooperative ORDER BY 1"
    )
    numbers = [row[0] for row in found]
    for number in numbers:
        if type(number) is not int:
            raise Wrong(N_("A cooperative is numbered %(number)s."), number=number)
    return numbers


def _of_cooperative(
    connection: Connection, number: int, vault: Vault | None
) -> Iterator[Check]:
    checks: list[tuple[str, Callable[[], int]]] = [
        (CHAIN, lambda: check_chain(connection, number)),
        (ROWS, lambda: rows.check_rows(connection, number, vault)),
        (BALANCES, lambda: figures.check_balances(connection, number)),
        (CARDS, lambda: figures.check_cards(connection, number)),
        (NUMBERS, lambda: figures.check_numbers(connection, number)),
        (ONCE, lambda: figures.check_once(connection, number)),
        (LOANS, lambda: domain.check_domain(connection, number)),
        (REPLAYS, lambda: replayed.check_replays(connection, number)),
        (DAILY, lambda: daily.check_daily(connection, number)),
        (CLAIMS, lambda: claimed.check_claims(connection, number)),
        (GOODS, lambda: stocked.check_goods(connection, number)),
        (ASSETS, lambda: owned.check_assets(connection, number)),
        (BANK, lambda: banked.check_bank(connection, number)),
        (APPROVED, lambda: approved.check_approved(connection, number)),
        (IMPORTS, lambda: domain.check_imports(connection, number)),
        (
            CHECKPOINTS,
            lambda: checkpointed.check_checkpoints(connection, number),
        ),
    ]
    for name, check in checks:
        yield _one(name, number, check)
