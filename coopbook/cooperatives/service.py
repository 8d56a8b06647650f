"""Number a cooperative; change a by-law from a day on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.queries import setting
from coopbook.cooperatives.rules import (
    LivedAlready,
    NoSuchSetting,
    SettingIsDated,
    SourceNeeded,
    check_value,
)
from coopbook.cooperatives.standards import KNOWN
from coopbook.i18n import N_, Word
from coopbook.people import approvals, staffing
from coopbook.people.model import Approval
from coopbook.people.rules import Role

KIND = "cooperatives.setting"


def next_number(session: Session) -> int:
    """Return the number a new cooperative gets."""
    return (session.scalar(select(func.max(Cooperative.id))) or 0) + 1


def set_setting(
    book: Book, name: str, value: int | str, *, valid_from: date, source: str
) -> Setting:
    """Change a figure from a day on; days before it keep theirs.

    Raises ``NoSuchSetting``, ``NotAFigure``, ``NotAShare``, ``SourceNeeded`` and
    ``SettingIsDated``.
    """
    text, said = _check(name, value, source)
    _check_last(book, name, valid_from)
    row = Setting(
        cooperative_id=book.cooperative_id,
        name=name,
        valid_from=valid_from,
        value=text,
        source=said,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _check(name: str, value: int | str, source: str) -> tuple[str, str]:
    if name not in KNOWN:
        raise NoSuchSetting(name)
    if not source.strip():
        raise SourceNeeded
    return check_value(KNOWN[name], value), source.strip()


def _check_last(book: Book, name: str, valid_from: date) -> None:
    last = book.session.scalar(
        select(func.max(Setting.valid_from))
        .where(Setting.cooperative_id == book.cooperative_id)
        .where(Setting.name == name)
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
    there ever was one who could.  Raises ``LivedAlready`` and what ``set_setting``
    raises.
    """
    _check(name, value, source)
    if valid_from < on:
        raise LivedAlready(on)
    _check_last(book, name, valid_from)
    if staffing.alone(book):
        return set_setting(book, name, value, valid_from=valid_from, source=source)
    request = {
        "name": name,
        "value": str(value),
        "valid_from": valid_from,
        "source": source.strip(),
    }
    return approvals.ask(
        *(book, KIND, f"setting:{name}", request),
        days=setting(book, "approval_days", on),
    )


@approvals.approvable(
    KIND, N_("Change of a by-law"), frozenset({Role.MANAGER, Role.SUPERVISOR})
)
def _approved(
    book: Book, row: Approval, *, name: str, value: str, valid_from: str, source: str
) -> Setting:
    begins = date.fromisoformat(valid_from)
    return set_setting(book, name, value, valid_from=begins, source=source)
