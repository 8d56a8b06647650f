"""Say in a line or two what was done about a loan."""

from __future__ import annotations

from flask_babel import gettext as _

from coopbook.dunning import (
    COPY_NAMES,
    LETTERS,
    REASON_WORDS,
    STEP_NAMES,
    Copy,
    DunningStep,
    WorkRow,
)
from coopbook.money import Money
from webui.wording import day, rupiah


def in_short(of: WorkRow) -> str:
    """Say what was done last, and what was promised of how much, in a line."""
    found = []
    if of.last is not None:
        found.append(f"{day(of.last.step_on)} {_(STEP_NAMES[of.last.kind])}")
        if of.last.why is not None and of.last.promised is None:
            found.append(_(REASON_WORDS[of.last.why]))
    if of.promise is not None:
        found.append(promise(of.promise, of.amount))
    return ", ".join(found)


def promise(row: DunningStep, of: Money | None = None) -> str:
    """Say what was promised, beside what is late where that is known."""
    if row.promised is None:
        return ""
    if of is not None:
        return _(
            "%(sum)s of %(late)s promised by %(day)s",
            sum=rupiah(row.promised),
            late=rupiah(of),
            day=day(row.promised_on),
        )
    return _(
        "%(sum)s promised by %(day)s",
        sum=rupiah(row.promised),
        day=day(row.promised_on),
    )


def lines(row: DunningStep) -> list[str]:
    """Say everything that was written down at a step."""
    found = []
    if row.met:
        found.append(_("Met: %(who)s.", who=row.met))
    if row.why is not None:
        found.append(_("Why: %(why)s.", why=_(REASON_WORDS[row.why])))
    if row.promised is not None:
        found.append(promise(row) + ".")
    if row.arrears is not None:
        found.append(
            _(
                "%(sum)s asked for by %(day)s.",
                sum=rupiah(row.arrears),
                day=day(row.deadline_on),
            )
        )
    if row.copies:
        some = [_(COPY_NAMES[Copy(one)]) for one in row.copies.split(",")]
        found.append(_("Copies: %(who)s.", who=", ".join(some)))
    if row.note:
        found.append(row.note)
    if row.kind in LETTERS and row.next_on is not None:
        found.append(
            _(
                "The board meets on %(day)s: %(place)s.",
                day=day(row.next_on),
                place=row.next_step,
            )
        )
    elif row.next_step or row.next_on:
        what = " ".join(filter(None, (day(row.next_on), row.next_step)))
        found.append(_("Next: %(what)s.", what=what))
    return found
