"""Number a cooperative; change a by-law from a day on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coopbook.book import Book
from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.rules import STANDARDS, NoSuchSetting, SettingIsDated


def next_number(session: Session) -> int:
    """Return the number a new cooperative gets."""
    return (session.scalar(select(func.max(Cooperative.id))) or 0) + 1


def set_setting(
    book: Book, name: str, value: int | str, *, valid_from: date, source: str
) -> Setting:
    """Change a figure from a day on; days already lived keep theirs.

    Raises ``NoSuchSetting`` and ``SettingIsDated``.
    """
    if name not in {standard.name for standard in STANDARDS}:
        raise NoSuchSetting(name)
    last = book.session.scalar(
        select(func.max(Setting.valid_from))
        .where(Setting.cooperative_id == book.cooperative_id)
        .where(Setting.name == name)
    )
    if last is not None and valid_from <= last:
        raise SettingIsDated(name, last, valid_from)
    row = Setting(
        cooperative_id=book.cooperative_id,
        name=name,
        valid_from=valid_from,
        value=str(value),
        source=source,
    )
    book.session.add(row)
    book.session.flush()
    return row
