"""The figures about loans as pictures, each beside its table."""

from __future__ import annotations

from collections.abc import Sequence

import pygal
from flask_babel import gettext as _

from coopbook.earlywarning import AGES, Aged, Concentration, Month, Vintage
from webui.earlywarning.behind import FALLING, LATE
from webui.pictures import drawn, settings

LINES = 6
"""How many vintages are drawn: more lines cannot be told apart."""


def ageing_chart(rows: Sequence[Aged]) -> bytes:
    """Draw the share of principal in each bucket that is late."""
    chart = pygal.HorizontalBar(**settings(show_legend=False))
    shown = [row for row in reversed(rows) if row.bucket in LATE]
    chart.x_labels = [_(row.bucket) for row in shown]
    late = any(row.loans for row in shown)
    return drawn(chart, {"": [row.share for row in shown]} if late else {})


def rolls_chart(months: Sequence[Month]) -> bytes:
    """Draw month by month what share of a bucket was later at the month's end."""
    chart = pygal.Line(**settings(x_label_rotation=45, legend_at_bottom_columns=1))
    chart.x_labels = [f"{one.ends:%m/%y}" for one in months]
    lines = {
        _(bucket): [one.worse(bucket) if one.row(bucket) else None for one in months]
        for bucket in FALLING
    }
    return drawn(chart, lines if months else {})


def vintages_chart(vintages: Sequence[Vintage]) -> bytes:
    """Draw for the newest vintages what share was ever late by their age."""
    chart = pygal.Line(**settings())
    chart.x_labels = [str(age) for age in AGES]
    known = [one for one in vintages if one.ages[0] is not None][-LINES:]
    lines = {
        "–".join(dict.fromkeys(f"{day:%m/%y}" for day in (one.begins, one.ends))): [
            by.share if by is not None else None for by in one.ages
        ]
        for one in known
    }
    return drawn(chart, lines)


def concentration_chart(found: Concentration) -> bytes:
    """Draw the shares of the largest borrowers."""
    chart = pygal.HorizontalBar(**settings(show_legend=False))
    shown = [each for each in reversed(found.borrowers) if each.outstanding]
    chart.x_labels = [f"{each.members[0]:04d}" for each in shown]
    return drawn(chart, {"": [each.share for each in shown]} if shown else {})
