"""Rows as a table for people, as JSON or CSV for machines."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import click

from coopbook.i18n import Names, say
from coopbook.money import Money, Rate

MANY = 2_000
"""Fewer rows than these are done before a bar could be read."""


def shown(value: Any, language: str = "en") -> str:
    """Return a value as people read it: ``Rp 1.250.000``, ``21/11/2026``.

    >>> shown(Money(-1_250_000), "id")
    '(Rp 1.250.000)'
    """
    if isinstance(value, bool):
        word = "yes" if value else "no"
        return say(word, language)
    if isinstance(value, Money):
        figures = f"Rp {abs(value.units):,}"
        figures = figures.replace(",", ".") if language == "id" else figures
        return f"({figures})" if value.units < 0 else figures
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Enum):
        return say(str(value.value), language)
    if isinstance(value, Decimal):
        figures = f"{value:,f}"
        figures = figures.rstrip("0").rstrip(".") if "." in figures else figures
        swapped = figures.translate(str.maketrans(",.", ".,"))
        return swapped if language == "id" else figures
    if isinstance(value, Names):
        return value.said(language)
    if isinstance(value, tuple):
        return ", ".join(shown(each, language) for each in value)
    if value is None:
        return ""
    return say(value, language) if isinstance(value, str) else str(value)


def machine(value: Any) -> Any:
    """Return a value as machines read it: amounts are integers, dates ISO.

    A number with places is its digits, as text, so that it stays exact.
    """
    if isinstance(value, Money):
        return value.units
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Rate):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def safe(text: Any) -> Any:
    """Keep a spreadsheet from reading a text as a formula."""
    if isinstance(text, str) and text.lstrip()[:1] in tuple("=+-@\t\r＝＋－＠"):
        return f"'{text}"
    return text


def show(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    shape: str,
    language: str,
    asked: Mapping[str, Any] | None = None,
    totals: Mapping[str, Any] | None = None,
) -> None:
    """Print rows in the shape asked for; JSON is one object."""
    if shape == "json":
        whole = {
            "report": name,
            "filter": {key: machine(value) for key, value in (asked or {}).items()},
            "rows": [{k: machine(v) for k, v in row.items()} for row in rows],
            "totals": {key: machine(value) for key, value in (totals or {}).items()},
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    elif shape == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(list(rows[0]) if rows else [])
        writer.writerows([safe(machine(v)) for v in row.values()] for row in rows)
        click.echo(out.getvalue(), nl=False)
    else:
        _table(rows, totals, language)


def _table(
    rows: Sequence[Mapping[str, Any]],
    totals: Mapping[str, Any] | None,
    language: str,
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    if not rows:
        click.echo(say("Nothing to show.", language))
        return
    table = Table(box=SIMPLE_HEAD, show_footer=bool(totals))
    for name, value in rows[0].items():
        footer = shown(totals[name], language) if totals and name in totals else ""
        right = isinstance(value, Money | int) and not isinstance(value, bool)
        table.add_column(
            say(name.replace("_", " "), language),
            justify="right" if right else "left",
            footer=footer,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(shown(value, language) for value in row.values()))
    wide = None if sys.stdout.isatty() else 160
    Console(highlight=False, width=wide).print(table)
    for name, value in (totals or {}).items():
        if name not in rows[0]:
            click.echo(
                f"{say(name.replace('_', ' '), language)}: {shown(value, language)}"
            )


@contextmanager
def progress(of: int, least: int | None = None) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while something long is done; nothing on a pipe.

    ``least`` is from how many parts on it counts as long.
    """
    if not sys.stderr.isatty() or of < (MANY if least is None else least):
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=of)
        yield lambda done, total: bar.update(task, completed=done, total=total)
