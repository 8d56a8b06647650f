"""The end of a day: standing orders, held money, accruals, and what is late."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import Desk, business_day, format_option, on_option, pass_desk
from coopbook.cli.output import progress, show


@click.command("day-end")
@on_option
@format_option
@pass_desk
def day_end(desk: Desk, on: date | None, shape: str) -> None:
    """Pay by standing orders, use held money, let go what secured loans that ended,
    accrue, class every loan on each day since the last time, and count what is late.

    Done again for the same day it changes nothing more.
    """
    from coopbook import baddebts, ledger, loans, orders, security
    from coopbook.baddebts import daily
    from coopbook.cooperatives import cooperative
    from coopbook.dates import last_day, months_after

    with desk.write() as book:
        day = business_day(book, on)
        ran = orders.run(book, day)
        used = loans.use_all_held(book, day)
        freed = security.release_ended(book, day)
        end = day if day == last_day(day.year, day.month) else None
        before = months_after(day.replace(day=1), -1)
        months = [f"{before:%Y-%m}"] + ([f"{day:%Y-%m}"] if end else [])
        accrued = [
            entry
            for month in months
            if not ledger.is_closed(book, month)
            and not ledger.is_closed(book, f"{months_after(_first(month), 1):%Y-%m}")
            and cooperative(book).first_day <= _first(month)
            for entry in loans.accrue(book, month)
        ]
        last = daily.last_run(book)
        behind = (day - last.run_on).days if last is not None else 1
        with progress(behind, least=2) as told:
            done = daily.class_loans(book, day, tell=told)
        now = baddebts.assess(book, day)
        rows = [
            {"what": "standing orders paid", "count": len(ran.paid)},
            {"what": "standing orders short", "count": len(ran.short)},
            {"what": "held money used", "count": len(used)},
            {"what": "guarantors and holds let go", "count": freed},
            {"what": "accruals posted", "count": len(accrued)},
            {"what": "running loans", "count": len(now.rows)},
            {"what": "days on which loans were classed", "count": done.days},
            {"what": "changes of class or lateness", "count": done.changed},
            {"what": "late loans", "count": now.at_risk(0).count},
            {"what": "late more than 30 days", "count": now.at_risk(30).count},
        ]
        totals = {
            "outstanding": now.outstanding,
            "par30": f"{float(now.at_risk(30).share) * 100:.2f}",
        }
    show(
        *("day-end", rows),
        shape=shape,
        language=desk.language,
        asked={"on": day},
        totals=totals,
    )


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
