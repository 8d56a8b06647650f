"""A page that does one thing: a form, what will be done, and where one goes then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coopbook.people import Approval
from webui.desk import Done, Preview
from webui.forms import MoneyForm

Trail = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Act:
    """What a page says around its form.

    ``trail`` are the crumbs, ``back`` where the page came from and goes to; ``helps``
    holds a line of help for a field, ``folded`` the fields few people need.
    """

    title: str
    button: str
    back: str
    trail: Trail
    lead: str = ""
    helps: Mapping[str, str] = field(default_factory=dict)
    folded: Sequence[str] = ()
    more: str = ""
    stop: bool = False


UNSEEN = ("csrf_token", "key", "seen", "on")


def answer(
    form: MoneyForm, outcome: Done | Preview | None, act: Act, said: str
) -> ResponseReturnValue:
    """Answer a page of one form: go back saying what was done, or show the form."""
    if isinstance(outcome, Done):
        waits = isinstance(outcome.result, Approval)
        flash(_("It waits for a second person.") if waits else said)
        return redirect(act.back)
    page = render_template(
        "acts/form.html",
        form=form,
        preview=outcome,
        act=act,
        fields=[each for each in form if each.short_name not in (*UNSEEN, *act.folded)],
        folded=[form[name] for name in act.folded],
    )
    return page, 422 if form.errors or form.refusals else 200


def above(what: str) -> str:
    """Say that something waits because more money leaves than one person pays."""
    limit = _("That is above the limit: a second person decides before it is posted.")
    return f"{what}. {limit}"
