"""How healthy the cooperative is by the tables of others, each ratio with its parts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coopbook import health
from coopbook.baddebts import MARK_NAMES
from coopbook.health import Group, Health, Reading
from coopbook.money import Money
from webui.acts import Act, answer
from webui.annual import bp
from webui.annual.closing import trail
from webui.annual.forms import AnswersForm
from webui.annual.views import checked
from webui.desk import cooperative, current_book, put, today
from webui.wording import exact, rupiah

SHOWS = {
    "score": _l("Score of 2016"),
    "pearls": _l("PEARLS"),
    "tool": _l("Tool of 2021, in part"),
}


def end_of(year: int) -> date:
    """Return the day a year is looked at: its last, or today while it runs."""
    return min(date(year, 12, 31), today())


def said(share: Fraction | None) -> str:
    """Write a percentage with two digits; nothing where there is none."""
    return "" if share is None else f"{exact(health.decimal(share))} %"


def points(amount: Fraction | None) -> str:
    """Write points as they are, two digits at most."""
    return "" if amount is None else exact(health.decimal(amount).normalize())


def figure(amount: Any) -> str:
    """Write a figure of a ratio: money, a count, or a weighted sum."""
    if amount is None:
        return str(_("not known"))
    if isinstance(amount, Money):
        return rupiah(amount)
    return exact(health.decimal(Fraction(amount)).normalize())


@bp.get("/year/<int:year>/health", defaults={"what": "score"})
@bp.get("/year/<int:year>/health/<what>")
def health_page(year: int, what: str) -> ResponseReturnValue:
    """Show the ratios of one table, each leading to its formula and its parts."""
    checked(year)
    if what not in SHOWS:
        abort(404)
    found = health.health_of(current_book, end_of(year))
    return render_template(
        "annual/health.html",
        year=year,
        what=what,
        shows=SHOWS,
        on=found.on,
        found=found,
        names={
            "predicates": health.PREDICATE_NAMES,
            "verdicts": health.VERDICT_NAMES,
            "groups": health.GROUP_NAMES,
            "aspects": health.ASPECT_NAMES,
        },
        goal=lambda each: health.said(each, _),
        percent_of=said,
        points=points,
        ways=found.score.choices.titles,
        superseded=health.SUPERSEDED,
        unverified=health.UNVERIFIED,
        not_law=health.NOT_LAW,
    )


@bp.get("/year/<int:year>/health/<what>/<code>")
def ratio(year: int, what: str, code: str) -> ResponseReturnValue:
    """Show a ratio: formula, figures, points or goal, source, and the year before."""
    checked(year)
    if what not in SHOWS:
        abort(404)
    now = health.health_of(current_book, end_of(year))
    reading = _reading(now, what, code) or abort(404)
    before = None
    if year > cooperative().first_day.year:
        before = health.health_of(current_book, date(year - 1, 12, 31))
    return render_template(
        "annual/ratio.html",
        year=year,
        what=what,
        shows=SHOWS,
        reading=reading,
        figures=[(term.name(_), figure(amount)) for term, amount in reading.inputs],
        formula=reading.ratio.formula(_),
        mark=MARK_NAMES[reading.ratio.source.mark],
        percent=said(reading.percent),
        why=reading.reason(_),
        before=said(_percent(before, what, code)),
        judged=_judged(now, what, code),
    )


def _reading(found: Health, what: str, code: str) -> Reading | None:
    some: list[Reading] = {
        "score": [each.reading for each in found.score.rows],
        "pearls": [each.reading for each in found.pearls],
        "tool": [each.reading for each in found.screened],
    }[what]
    return next((each for each in some if each.ratio.code == code), None)


def _percent(found: Health | None, what: str, code: str) -> Fraction | None:
    reading = _reading(found, what, code) if found is not None else None
    return reading.percent if reading is not None else None


def _judged(found: Health, what: str, code: str) -> list[tuple[str, str]]:
    """Say what a table makes of a ratio."""
    if what == "score":
        row = next(each for each in found.score.rows if each.code == code)
        return [
            (_("Points"), f"{points(row.points)} / {row.scored.weight}"),
            (_("How"), _(health.BASIS_NAMES[row.basis])),
        ]
    if what == "pearls":
        one = next(each for each in found.pearls if each.reading.ratio.code == code)
        return [
            (_("Goal"), health.said(one.goal, _)),
            (_("Reached?"), _(health.VERDICT_NAMES[one.verdict])),
        ]
    seen = next(each for each in found.screened if each.reading.ratio.code == code)
    score = str(seen.score) if seen.score is not None else _("cannot be said")
    return [(_("Score of four"), score)]


@bp.route("/year/<int:year>/questions", methods=["GET", "POST"])
def questions(year: int) -> ResponseReturnValue:
    """Write down how the management's questions of a group were answered."""
    checked(year)
    form, outcome = AnswersForm(), None
    form.group.choices = [(one.value, _(health.GROUP_NAMES[one])) for one in Group]
    if form.validate_on_submit():
        outcome = put(
            form,
            health.answer,
            year,
            Group(form.group.data),
            yes=form.yes.data,
            no=form.no.data,
            said_by=form.said_by.data or "",
            on=today(),
            sentence=_(
                "%(group)s: %(yes)s yes, %(no)s no, as %(who)s said.",
                group=_(health.GROUP_NAMES[Group(form.group.data)]),
                yes=form.yes.data,
                no=form.no.data,
                who=form.said_by.data,
            ),
        )
    act = Act(
        _("Questions about the management"),
        _("Write down"),
        url_for(".health_page", year=year),
        trail(year, _("Questions")),
        lead=_(
            "The regulation asks 12, 6, 5, 10 and 5 questions in five groups. Its text"
            " is not in this program: use the office's form and write down how many"
            " were answered yes and no."
        ),
    )
    return answer(form, outcome, act, _("Written down."))
