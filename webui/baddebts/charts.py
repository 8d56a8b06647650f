"""What is at risk as pictures, each beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pygal
from flask_babel import gettext as _
from flask_babel import ngettext

from coopbook.baddebts import Fallen, Part, Risk, TermRow
from webui.pictures import drawn, settings, times

PARTS = 10
"""How many parts are drawn, the largest sums at risk."""


def risk_chart(risks: Sequence[Risk]) -> bytes:
    """Draw the share of principal that is at risk, by how late."""
    chart = pygal.HorizontalBar(**settings(show_legend=False))
    shown = list(reversed(risks))
    chart.x_labels = [
        ngettext("%(num)s day", "%(num)s days", risk.days) for risk in shown
    ]
    late = any(risk.count for risk in shown)
    return drawn(chart, {"": [risk.share for risk in shown]} if late else {})


def parts_chart(parts: Sequence[tuple[str, Part]]) -> bytes:
    """Draw the share of each part's principal that is at risk, by its name."""
    chart = pygal.HorizontalBar(**settings(show_legend=False))
    shown = list(reversed(parts[:PARTS]))
    chart.x_labels = [name for name, _part in shown]
    late = any(part.late for _name, part in shown)
    return drawn(chart, {"": [part.share for _name, part in shown]} if late else {})


def terms_chart(rows: Sequence[TermRow]) -> bytes:
    """Draw how many times as many fell late as expected, of each term twice."""
    chart = pygal.HorizontalBar(
        **settings(legend_at_bottom_columns=1, value_formatter=times)
    )
    shown = [row for row in reversed(rows) if row.term is not None]
    chart.x_labels = [
        f"{row.term.name}, {row.term.began_on.year}" for row in shown if row.term
    ]
    lines = {
        _("When approved"): [_ratio(row.approved) for row in shown],
        _("When first late"): [_ratio(row.fell) for row in shown],
    }
    return drawn(chart, lines if shown else {})


def _ratio(of: Fallen) -> Fraction | None:
    return of.ratio if of.expected else None
