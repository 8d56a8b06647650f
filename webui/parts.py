"""What people call the parts that loans are broken down into."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from coopbook import loans
from coopbook.loans import SECTOR_NAMES, Sector
from coopbook.loans.rules import NoSuchLoanProduct
from webui.desk import current_book
from webui.wording import label


def country_name(code: str) -> str:
    """Return a country's name in the reader's language, or the code."""
    territories = getattr(get_locale(), "territories", {})
    return str(territories.get(code, code))


def sector_name(sector: Sector | str | None) -> str:
    """Return what a sector is called; nothing where none was chosen."""
    return str(_(SECTOR_NAMES[Sector(sector)])) if sector else ""


def sectors() -> list[tuple[str, str]]:
    """Return the sectors for a field that chooses one."""
    return [(one.value, sector_name(one)) for one in Sector]


def part_name(by: str, name: str) -> str:
    """Return what a part is called, by what loans were broken down by."""
    if not name:
        return str(_("no tie") if by == "related" else _("not written down"))
    if by == "sector":
        return sector_name(name)
    if by == "country":
        return country_name(name)
    if by in ("product", "kind"):
        try:
            return label(loans.product(current_book, name))
        except NoSuchLoanProduct:
            return name
    return name
