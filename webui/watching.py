"""Point out a day's cash of a member that is to be reported, and by which rule."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from coopbook import cooperatives, oversight
from coopbook.cooperatives.standards import KNOWN
from coopbook.members import Member
from coopbook.people import Approval
from webui.desk import Done, Preview, current_book
from webui.wording import day, rupiah

SETTING = "cash_report_threshold"


def watch(outcome: Done | Preview | None, member: Member) -> None:
    """Warn when what was just posted brings a member's cash of the day that far."""
    if not isinstance(outcome, Done) or isinstance(outcome.result, Approval):
        return
    on = outcome.result.booked_on
    found = oversight.reaches_threshold(current_book, member, on)
    if found is not None:
        warn(found)


def warn(found: oversight.CashOfDay) -> None:
    """Say how much cash it is, what the threshold is, and whose."""
    said = _(
        "Cash of %(name)s on %(day)s: %(together)s. From %(threshold)s on it is to be "
        "reported (%(source)s).",
        name=found.member.name,
        day=day(found.on),
        together=rupiah(found.together),
        threshold=rupiah(found.threshold),
        source=_(_source(found)),
    )
    flash(said, "watch")


def _source(found: oversight.CashOfDay) -> str:
    rows = cooperatives.settings(current_book, SETTING)
    held = [row.source for row in rows if row.valid_from <= found.on]
    return held[-1] if held else KNOWN[SETTING].source
