"""Ask a journal what auditors ask: the standard tests, first digits, a sample."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from coopbook.cli.desk import DAY, Desk, format_option, pass_desk, today
from coopbook.cli.output import show
from coopbook.i18n import N_

FROM = click.option("--from", "since", type=DAY, help="From this day; else the year's.")
UNTIL = click.option("--until", "until", type=DAY, help="Until this day; else today.")


@click.group()
def audit() -> None:
    """Test the journal, and draw a sample that can be drawn again."""


@audit.command("tests")
@FROM
@UNTIL
@click.option("--test", "name", help="One test: the vouchers it found.")
@format_option
@pass_desk
def tests(
    desk: Desk, since: date | None, until: date | None, name: str | None, shape: str
) -> None:
    """Count what each standard test found; with --test list the vouchers."""
    from coopbook import auditing

    with desk.read() as book:
        last = until or today(book)
        found = auditing.journal_of(book, since or date(last.year, 1, 1), last)
    digits = found.digits
    rows: list[dict[str, Any]]
    if name is not None:
        if name not in list(auditing.Standard):
            known = ", ".join(auditing.Standard)
            raise click.BadParameter(f"{name} is none of {known}.", param_hint="--test")
        rows = [_row(each) for each in found.of(auditing.Standard(name))]
    else:
        rows = [
            {"test": str(test), "what": said, "count": len(found.of(test))}
            for test, said in auditing.STANDARD_NAMES.items()
        ]
    if shape == "table":
        desk.echo(
            N_("%(count)s vouchers from %(first)s to %(last)s."),
            count=len(found.rows),
            first=found.first,
            last=found.last,
        )
        if found.missing:
            desk.echo(
                N_("Voucher numbers that are missing: %(numbers)s"),
                numbers=", ".join(found.missing),
            )
    show(
        "audit-tests",
        rows,
        shape=shape,
        language=desk.language,
        asked={"from": found.first, "until": found.last, "vouchers": len(found.rows)},
        totals={
            "missing": found.missing,
            "first digits": tuple(str(each) for each in digits.counts.values()),
            "chi-square": f"{digits.chi_square:.1f}",
        },
    )


@audit.command("sample")
@FROM
@UNTIL
@click.option("--size", type=click.IntRange(1), default=25, show_default=True)
@click.option("--seed", required=True, help="Any words; the same draw the same.")
@click.option(
    "--method",
    type=click.Choice(["random", "systematic", "monetary_unit"]),
    default="random",
    show_default=True,
)
@format_option
@pass_desk
def sample(
    desk: Desk,
    since: date | None,
    until: date | None,
    size: int,
    seed: str,
    method: str,
    shape: str,
) -> None:
    """Draw vouchers from a seed that goes on the working paper."""
    from coopbook import auditing

    with desk.read() as book:
        last = until or today(book)
        found = auditing.journal_of(book, since or date(last.year, 1, 1), last)
    drawn = auditing.draw(found.items, auditing.Method(method), size, seed)
    wanted = set(drawn.drawn)
    if shape == "table":
        desk.echo(
            N_("%(count)s of %(all)s vouchers by the seed %(seed)s."),
            count=len(wanted),
            all=drawn.count,
            seed=drawn.seed,
        )
    show(
        "audit-sample",
        [_row(each) for each in found.rows if each.number in wanted],
        shape=shape,
        language=desk.language,
        asked={"from": found.first, "until": found.last, "method": method},
        totals={
            "seed": drawn.seed,
            "drawn from": drawn.count,
            "total": drawn.total,
            "interval": drawn.every,
            "start": drawn.start,
        },
    )


@audit.command("changes")
@click.argument("since", type=DAY)
@format_option
@pass_desk
def changes(desk: Desk, since: date, shape: str) -> None:
    """List vouchers recorded since a day that say something of the time before it."""
    from coopbook import auditing

    with desk.read() as book:
        found = auditing.changes_since(book, since)
    rows = [
        {**_row(each), "why": why}
        for why, some in (("back-dated", found.back), ("reversal", found.taken_back))
        for each in some
    ]
    show(
        *("audit-changes", rows),
        shape=shape,
        language=desk.language,
        asked={"since": since, "first record": found.first_record},
        totals={
            "entries": found.entries,
            "others": tuple(
                f"{name}, {actor}: {count}" for name, actor, count in found.others
            ),
        },
    )


@audit.command("letters")
@click.option("--as-of", type=DAY)
@click.option("--size", type=click.IntRange(1), default=10, show_default=True)
@click.option("--seed", required=True, help="Any words; the same draw the same.")
@click.option(
    "--method",
    type=click.Choice(["random", "systematic", "monetary_unit"]),
    default="random",
    show_default=True,
)
@format_option
@pass_desk
def letters(
    desk: Desk, as_of: date | None, size: int, seed: str, method: str, shape: str
) -> None:
    """Draw members to confirm what they have and owe."""
    from coopbook import auditing

    with desk.read() as book:
        day = as_of or today(book)
        found = auditing.confirmations(
            book, day, size=size, seed=seed, method=auditing.Method(method)
        )
        rows = [
            {
                "member": one.member.number,
                "name": one.member.name,
                "saved": one.saved,
                "owed": one.owed,
            }
            for one in found.asked
        ]
    show(
        *("audit-letters", rows),
        shape=shape,
        language=desk.language,
        asked={"as_of": day, "method": method},
        totals={"seed": found.sample.seed, "drawn from": found.sample.count},
    )


def _row(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "voucher": row.voucher,
        "booked_on": row.booked_on,
        "amount": row.amount,
        "memo": row.memo,
        "actor": row.actor,
    }
