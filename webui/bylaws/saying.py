"""A by-law's figure in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from coopbook.cooperatives import Standard, Unit
from coopbook.cooperatives.shares import parse
from coopbook.money import Money
from webui.wording import rupiah

WEEKDAYS = (
    _l("every day is open"),
    *(_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday")),
    *(_l("Saturday"), _l("Sunday")),
)


def spoken(standard: Standard, value: str) -> str:
    """Say a by-law's figure in words: ``at least 2/3``, ``Rp 100.000``, ``7 days``."""
    if standard.unit is Unit.SHARE:
        share = parse(value)
        return str(_(share.sentence)) % {"share": share.part}
    number = int(value)
    if standard.unit is Unit.WEEKDAY:
        return str(WEEKDAYS[number])
    if standard.unit is Unit.CHOICE:
        return str(_(standard.choices[number]))
    if standard.unit is Unit.YES_NO:
        return _("yes") if number else _("no")
    return {
        Unit.RUPIAH: rupiah(Money(number)),
        Unit.PERCENT: f"{number}%",
        Unit.DAYS: ngettext("%(num)s day", "%(num)s days", number),
        Unit.MONTHS: ngettext("%(num)s month", "%(num)s months", number),
        Unit.YEARS: ngettext("%(num)s year", "%(num)s years", number),
        Unit.COUNT: f"{number}",
        Unit.NUMBER: f"{number}",
    }[standard.unit]
