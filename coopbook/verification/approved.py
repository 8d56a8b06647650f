"""A year the members approved is closed, and holds what it held when they did."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger.following import rows

EVENTS = (
    "SELECT number, body FROM event WHERE cooperative_id = {}"
    " AND (subject LIKE '%%year_closing%%' OR subject LIKE '%%surplus_distribution%%')"
    " ORDER BY number"
)
CLOSED = "SELECT name FROM period WHERE cooperative_id = {} AND closed"
LATE = (
    "SELECT number, voucher, booked_on FROM entry WHERE cooperative_id = {{}}"
    " AND booked_on >= '{year}-01-01' AND booked_on <= '{year}-12-31'"
    " AND number > {record} ORDER BY number LIMIT 1"
)


def check_approved(connection: Connection, cooperative_id: int) -> int:
    """Say of every year the members approved that it stayed; return how many.

    When they approved it is read from the chain: the first record by which a closing
    has its decision, or a surplus is decided on.  Nothing is booked in a year after
    that, not even by its own rooms: a correction is an entry of a later year.
    """
    approved = _approved(connection, cooperative_id)
    closed = {name for (name,) in rows(connection, CLOSED, cooperative_id)}
    for year, record in approved.items():
        if str(year) not in closed:
            raise Wrong(
                N_("The members approved %(year)s with record %(record)s; it is open."),
                year=year,
                record=record,
            )
        sql = LATE.format(year=f"{year:04d}", record=record)
        for _number, voucher, on in rows(connection, sql, cooperative_id):
            raise Wrong(
                N_(
                    "%(voucher)s of %(on)s was booked after the members approved"
                    " %(year)s with record %(record)s."
                ),
                voucher=voucher,
                on=on,
                year=year,
                record=record,
            )
    return len(approved)


def _approved(connection: Connection, cooperative_id: int) -> dict[int, int]:
    """Return the record by which each year was approved."""
    found: dict[int, int] = {}
    for number, body in rows(connection, EVENTS, cooperative_id):
        for name, image in json.loads(body):
            decides = name in ("year_closing", "surplus_distribution")
            if decides and image["decision_number"] is not None:
                found.setdefault(int(image["year"]), number)
    return found
