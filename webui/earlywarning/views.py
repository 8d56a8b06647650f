"""What to ask about the loans of a day; ageing, rolls, vintages, concentration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from coopbook import earlywarning
from coopbook.earlywarning import (
    AGES,
    KIND_NAMES,
    QUESTIONS,
    Every,
)
from webui.desk import current_book, today
from webui.earlywarning import bp, charts
from webui.earlywarning.behind import (
    FALLING,
    SHOWN,
    months_named,
    numbers_of,
    rows_of,
    vintage_name,
)
from webui.earlywarning.forms import SHOWS, Asked, AsOf, Behind, Figures, readable
from webui.parts import part_name
from webui.portions import portion
from webui.wording import day, say

NEWEST = 12
"""How many vintages a page shows, the newest."""


def _on(form: AsOf, good: bool) -> date:
    return (form.on.data if good else None) or today()


@bp.get("/loans/watch")
def desk() -> ResponseReturnValue:
    """Show what to ask about the loans of a day, the most urgent first."""
    form = Asked(request.args)
    good = form.validate()
    on = _on(form, good)
    kinds = readable()
    found = [one for one in earlywarning.watch(current_book, on) if one.kind in kinds]
    counts = Counter(one.kind for one in found)
    asked = form.kind.data if good else ""
    shown = [one for one in found if asked in ("", None, one.kind.value)]
    page = render_template(
        "earlywarning/desk.html",
        form=form,
        on=on,
        count=len(found),
        counts=[(kind, counts[kind]) for kind in kinds if counts[kind]],
        asked=asked,
        findings=shown[:SHOWN],
        more=max(len(shown) - SHOWN, 0),
        names=KIND_NAMES,
        questions=QUESTIONS,
        said=lambda one: say(one.sentence, one.facts),
    )
    return page, 200 if good else 422


@bp.get("/loans/watch/figures")
def figures() -> ResponseReturnValue:
    """Show one of the figures: its table, and its chart beside it."""
    form = Figures(request.args)
    good = form.validate()
    on = _on(form, good)
    show = (form.show.data if good else "") or "ageing"
    every = Every((form.every.data if good else "") or Every.MONTH)
    told = {
        "ageing": lambda: {"rows": earlywarning.ageing(current_book, on)},
        "rolls": lambda: _rolls(on),
        "vintages": lambda: _vintages(on, every),
        "concentration": lambda: {
            "found": earlywarning.concentration(current_book, on)
        },
    }
    page = render_template(
        "earlywarning/figures.html",
        form=form,
        on=on,
        day_asked=day(form.on.data) if good and form.on.data else None,
        show=show,
        shows=SHOWS,
        every=every,
        every_names=earlywarning.EVERY_NAMES,
        part_name=part_name,
        **told[show](),
    )
    return page, 200 if good else 422


def _rolls(on: date) -> dict[str, object]:
    months = earlywarning.rolls(current_book, on)
    last = months_named(months, None)
    cells = last.cells if last else ()
    return {
        "months": list(reversed(months)),
        "last": last,
        "cells": cells[:SHOWN],
        "more": max(len(cells) - SHOWN, 0),
        "falling": FALLING,
    }


def _vintages(on: date, every: Every) -> dict[str, object]:
    found = earlywarning.vintages(current_book, on, every=every)
    shown = list(reversed(found[-NEWEST:]))
    return {
        "rows": shown,
        "more": len(found) - len(shown),
        "ages": AGES,
        "named": vintage_name,
    }


@bp.get("/loans/watch/list")
def listed() -> ResponseReturnValue:
    """Show the loans behind a figure."""
    form = Behind(request.args)
    if not form.validate():
        abort(422)
    on = _on(form, good=True)
    found = numbers_of(form, on)
    if found is None:
        abort(404)
    numbers, said = found
    shown, more = portion(numbers, request.args.get("after"), int)
    return render_template(
        "earlywarning/list.html",
        on=on,
        said=said,
        show=form.show.data,
        shows=SHOWS,
        count=len(numbers),
        rows=rows_of(shown, on),
        more=more,
    )


@bp.get("/loans/watch/<chart>.svg")
def picture(chart: str) -> ResponseReturnValue:
    """Return the chart of a figure as a picture; its table says the same."""
    form = Figures(request.args)
    good = form.validate()
    on = _on(form, good)
    every = Every((form.every.data if good else "") or Every.MONTH)
    draw: dict[str, Callable[[], bytes]] = {
        "ageing": lambda: charts.ageing_chart(earlywarning.ageing(current_book, on)),
        "rolls": lambda: charts.rolls_chart(earlywarning.rolls(current_book, on)),
        "vintages": lambda: charts.vintages_chart(
            earlywarning.vintages(current_book, on, every=every)
        ),
        "concentration": lambda: charts.concentration_chart(
            earlywarning.concentration(current_book, on)
        ),
    }
    if chart not in draw:
        abort(404)
    return Response(draw[chart](), mimetype="image/svg+xml")
