"""Number a cooperative; change a by-law from a day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.queries import setting, today
from coopbook.cooperatives.rules import (
    LivedAlready,
    NoSuchSetting,
    SettingIsDated,
    SourceNeeded,
    TooFarAhead,
    WaitsAlready,
    check_value,
)
from coopbook.cooperatives.standards import KNOWN
from coopbook.dates import months_after
from coopbook.i18n import N_, Word
from coopbook.people import approvals, staffing
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND = "cooperatives.setting"
AHEAD = 24
"""For how many months ahead a by-law can be set at the desks."""


def next_number(session: Session) -> int:
    """Return the number a new cooperative gets."""
    return (session.scalar(select(func.max(Cooperative.id))) or 0) + 1


def set_setting(
    book: Book,
    name: str,
    value: int | str,
    *,
    valid_from: date,
    source: str,
    on: date | None = None,
) -> Setting:
    """Change a figure from a day on; days before it keep theirs.

    A change that was set and has not begun by ``on``, today unless said, is replaced
    by one for the same day.  Raises ``NoSuchSetting``, ``NotAFigure``, ``NotAShare``,
    ``SourceNeeded`` and ``SettingIsDated``.
    """
    text, said = _check(name, value, source)
    _check_last(book, name, valid_from, on or today(book))
    row = book.get(Setting, name, valid_from)
    if row is None:
        row = Setting(
            cooperative_id=book.cooperative_id, name=name, valid_from=valid_from
        )
        book.session.add(row)
    row.value, row.source = text, said
    book.session.flush()
    return row


def _check(name: str, value: int | str, source: str) -> tuple[str, str]:
    if name not in KNOWN:
        raise NoSuchSetting(name)
    if not source.strip():
        raise SourceNeeded
    return check_value(KNOWN[name], value), source.strip()


def _check_last(book: Book, name: str, valid_from: date, on: date) -> None:
    """Refuse a day that is not after the last change that has begun."""
    last = book.session.scalar(
        select(func.max(Setting.valid_from))
        .where(Setting.cooperative_id == book.cooperative_id)
        .where(Setting.name == name)
        .where(Setting.valid_from <= on)
    )
    if last is not None and valid_from <= last:
        raise SettingIsDated(Word(KNOWN[name].title), last, valid_from)


def change_or_ask(
    book: Book,
    name: str,
    value: int | str,
    *,
    valid_from: date,
    source: str,
    on: date,
) -> Setting | Approval:
    """Change a by-law from today or a later day, or ask a second person to.

    Who loosens a limit alone could pay alone; so a second person decides, as soon as
    there ever was one who could.  Raises ``LivedAlready``, ``TooFarAhead``,
    ``WaitsAlready`` and what ``set_setting`` raises.
    """
    text, said = _check(name, value, source)
    if valid_from < on:
        raise LivedAlready(on)
    if valid_from > months_after(on, AHEAD):
        raise TooFarAhead(months_after(on, AHEAD))
    _check_last(book, name, valid_from, on)
    if staffing.alone(book):
        return set_setting(book, name, text, valid_from=valid_from, source=said, on=on)
    subject = f"setting:{name}"
    waiting = approvals.pending_for(book, subject, KIND)
    if waiting is not None and not approvals.expired(book, waiting):
        raise WaitsAlready(waiting.number, Word(KNOWN[name].title))
    request = {
        "name": name,
        "value": text,
        "valid_from": valid_from,
        "source": said,
        "on": on,
    }
    days = setting(book, "approval_days", on)
    return approvals.ask(book, KIND, subject, request, days=days)


@approvals.approvable(
    KIND, N_("Change of a by-law"), frozenset({Role.MANAGER, Role.SUPERVISOR})
)
def _approved(
    book: Book,
    row: Approval,
    *,
    name: str,
    value: str,
    valid_from: str,
    source: str,
    on: str,
) -> Setting:
    """Set it from the day asked for, or from today where that has passed meanwhile."""
    asked_on = datetime.fromisoformat(row.made_at)
    waited = (book.clock() - asked_on).days
    now = date.fromisoformat(on) + timedelta(days=waited)
    begins = max(date.fromisoformat(valid_from), now)
    return set_setting(book, name, value, valid_from=begins, source=source, on=now)
