"""Pictures as SVG, drawn by pygal: no script, nothing fetched, one picture a table."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pygal
from flask import Response
from flask_babel import gettext as _
from pygal.style import Style

from webui.wording import exactly

sys.meta_path[:] = [
    each for each in sys.meta_path if not isinstance(each, pygal.PluginImportFixer)
]
"""pygal leaves an import hook behind for maps, which we do not draw; it is written for
an older Python, and every import that comes to it would warn."""

INK, PAPER, RULE = "#1f2a2e", "#ffffff", "#d9d4c7"
COLOURS = ("#1e6b52", "#b23a2f", "#2b6c99", "#8a5a00", "#5b3f8c", "#566268")
WIDTH, HEIGHT = 480, 400
"""Small, so that its words can be read on a phone as well."""

STEPS = (1, 2, 5)
MOST_STEPS = 4

FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
STYLE = Style(
    background=PAPER,
    plot_background=PAPER,
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=INK,
    guide_stroke_color=RULE,
    major_guide_stroke_color=RULE,
    colors=COLOURS,
    opacity="1",
    font_family=FONT,
    label_font_size=15,
    major_label_font_size=15,
    legend_font_size=15,
    no_data_font_size=22,
    stroke_width="3",
)


def _still(root: Any) -> Any:
    """Take out what a picture has no use for: scripts, and when it was drawn."""
    for parent in list(root.iter()):
        for child in list(parent):
            if callable(child.tag) or str(child.tag).endswith("script"):
                parent.remove(child)
    return root


Line = Sequence[Fraction | None]


def drawn(chart: Any, lines: Mapping[str, Line]) -> bytes:
    """Draw lines or bars by their names, on an axis that fits the largest of them."""
    for name, line in lines.items():
        chart.add(name, [None if one is None else float(one) for one in line])
    if lines:
        known = (one for line in lines.values() for one in line if one is not None)
        chart.y_labels = scale(known)
    chart.add_xml_filter(_still)
    picture: bytes = chart.render()
    return picture


def settings(**more: Any) -> dict[str, Any]:
    return {
        "js": [],
        "style": STYLE,
        "no_prefix": True,
        "width": WIDTH,
        "height": HEIGHT,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 2,
        "truncate_legend": -1,
        "truncate_label": -1,
        "range": None,
        "include_x_axis": True,
        "value_formatter": lambda share: f"{exactly(Decimal(f'{share * 100:.4f}'))}%",
        "margin_right": 36,
        "no_data_text": _("Nothing to draw yet"),
        **more,
    }


def as_picture(svg: bytes) -> Response:
    """Return a picture to a browser."""
    return Response(svg, mimetype="image/svg+xml")


def times(number: float) -> str:
    """Write how many times as many something is, to one place."""
    return f"{exactly(Decimal(f'{number:.1f}'))}\u00d7"


def scale(shares: Iterable[Fraction]) -> list[float]:
    """Return the marks of an axis from nothing past the largest share, in even steps.

    >>> scale([Fraction(23, 1000)])
    [0.0, 0.01, 0.02, 0.03]
    >>> scale([Fraction(1)])
    [0.0, 0.5, 1.0]
    >>> scale([Fraction(33, 10)])
    [0.0, 1.0, 2.0, 3.0, 4.0]
    >>> scale([])
    [0.0, 1.0]
    """
    largest = max(shares, default=Fraction(0))
    if not largest:
        return [0.0, 1.0]
    sizes = (step * Fraction(10) ** power for power in range(-6, 6) for step in STEPS)
    size = next(one for one in sizes if largest <= one * MOST_STEPS)
    return [float(size * number) for number in range(ceil(largest / size) + 1)]
