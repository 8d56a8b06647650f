"""Say things in the reader's language: money, dates, states, refusals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    parse_decimal,
)
from flask_babel import get_locale, gettext
from flask_babel import gettext as _

from coopbook.dates import FIRST_YEAR, LAST_YEAR
from coopbook.errors import CoopbookError
from coopbook.i18n import N_, Names, Word
from coopbook.money import LARGEST, Money, Rate
from coopbook.numerals import amount_in_words
from webui.words import WORDS

NBSP = "\u00a0"
RUPIAH = f"¤{NBSP}#,##0;(¤{NBSP}#,##0)"
MOMENT = "dd/MM/yyyy HH.mm"
PLAIN = "#,##0;(#,##0)"


class Unreadable(ValueError):
    """What was typed is no amount or no date; the sentence says how to write it."""


def locale() -> str:
    """Return the reader's locale; figures are written the Indonesian way in both."""
    return str(get_locale() or "id")


def language() -> str:
    """Return the reader's language, ``id`` or ``en``."""
    return locale()[:2]


# -- money -------------------------------------------------------------------


def rupiah(amount: Money) -> str:
    """Write an amount with its currency: ``Rp 1.250.000``, ``(Rp 5.000)``."""
    text: str = format_currency(
        amount.units, "IDR", RUPIAH, locale=locale(), currency_digits=False
    )
    return text


def figure(amount: Money | None, zero: bool = False) -> str:
    """Write an amount for a column; nothing for none, nor for zero unless asked."""
    if amount is None or (not amount.units and not zero):
        return ""
    text: str = format_decimal(amount.units, PLAIN, locale=locale())
    return text


def count(number: int) -> str:
    """Write a whole number with its groups."""
    text: str = format_decimal(number, locale=locale())
    return text


def exactly(number: Decimal) -> str:
    """Write a number of a sheet with what follows the comma, four places at most."""
    text: str = format_decimal(number, "#,##0.####", locale=locale())
    return text


def percent(share: float) -> str:
    """Write a share as a percentage with two decimals: ``31,73%``."""
    return (
        f"{format_decimal(Decimal(f'{share * 100:.2f}'), '#,##0.00', locale=locale())}%"
    )


def rate(value: Rate) -> str:
    """Write a rate as it is quoted: ``1,5% a month``."""
    share = Decimal(value.share.numerator) * 100 / Decimal(value.share.denominator)
    number = format_decimal(share, "#,##0.####", locale=locale())
    per = {
        "day": _("a day"),
        "week": _("a week"),
        "month": _("a month"),
        "year": _("a year"),
    }
    return f"{number}% {per[value.per.value]}"


def words(amount: Money, lang: str | None = None) -> str:
    """Say an amount in words, in the reader's language unless told.

    >>> words(Money(250_000), "id")
    'dua ratus lima puluh ribu rupiah'
    """
    return amount_in_words(amount, lang or language())


def read_money(raw: str, reader: str = "id") -> Money:
    """Read an amount as it is typed, strictly: ``1250000`` or ``Rp 1.250.000``.

    Raises ``Unreadable`` for anything that could mean two things.

    >>> read_money("Rp 1.250.000,00")
    Money(units=1250000)
    >>> read_money("1250000.50")
    Traceback (most recent call last):
    webui.wording.Unreadable: Write the amount like 1250000 or 1.250.000.
    """
    text = unicodedata.normalize("NFC", raw).replace(NBSP, " ").strip()
    text = re.sub(r"^Rp\.?\s*", "", text, flags=re.IGNORECASE)
    point = "," if reader == "id" else "."
    unclear = Unreadable(N_("Write the amount like 1250000 or 1.250.000."))
    if not re.fullmatch(r"-?[0-9][0-9.,]*", text):
        raise unclear
    try:
        number = parse_decimal(text, locale=reader, strict=True)
    except NumberFormatError:
        raise unclear from None
    cents = text.partition(point)[2]
    if cents not in ("", "0", "00") and not cents.strip("0"):
        raise unclear  # 250,000 would be two hundred and fifty
    if number != number.to_integral_value():
        raise Unreadable(N_("Amounts are whole rupiah, without sen."))
    if number <= 0:
        raise Unreadable(N_("The amount must be more than zero."))
    if number > LARGEST:
        raise Unreadable(N_("That amount is larger than the book can hold."))
    return Money(int(number))


def exact(number: Decimal) -> str:
    """Write a number with every place it has: ``2.034,5``."""
    text: str = format_decimal(number, locale=locale(), decimal_quantization=False)
    return text


def read_exact(raw: str, reader: str = "id") -> Decimal:
    """Read a number with what follows the comma, strictly: ``2034,5``, ``2.034,5``.

    Raises ``Unreadable`` for anything that could mean two things.

    >>> read_exact("1.250,50")
    Decimal('1250.50')
    >>> read_exact("2034.5")
    Traceback (most recent call last):
    webui.wording.Unreadable: Write the number like 2034,5 or 2.034,5.
    """
    text = unicodedata.normalize("NFC", raw).replace(NBSP, " ").strip()
    unclear = Unreadable(N_("Write the number like 2034,5 or 2.034,5."))
    if not re.fullmatch(r"[0-9][0-9.]{0,15}(,[0-9]{1,8})?", text):
        raise unclear
    try:
        number: Decimal = parse_decimal(text, locale=reader, strict=True)
    except NumberFormatError:
        raise unclear from None
    return number


# -- dates -------------------------------------------------------------------


def day(value: date | None) -> str:
    """Write a date for a column: ``21/11/2026``."""
    return value.strftime("%d/%m/%Y") if value else ""


def long_date(value: date | None) -> str:
    """Write a date for a document: ``21 November 2026``."""
    return format_date(value, "d MMMM yyyy", locale=locale()) if value else ""


def weekday(value: date) -> str:
    """Name the day of the week."""
    return format_date(value, "EEEE", locale=locale())


def day_named(name: str) -> str:
    """Write a day of the book, ``2026-11-21``, as ``21/11/2026``."""
    try:
        return day(date.fromisoformat(name))
    except ValueError:
        return name


def month(name: str) -> str:
    """Write a month of the book, ``2026-11``, as ``November 2026``."""
    try:
        first = date.fromisoformat(f"{name}-01")
    except ValueError:
        return name
    return format_date(first, "MMMM yyyy", locale=locale())


def moment(value: str | datetime | None, zone: str, form: str = MOMENT) -> str:
    """Write a moment kept in UTC in the cooperative's own time."""
    if not value:
        return ""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return format_datetime(at.astimezone(ZoneInfo(zone)), form, locale=locale())


def read_date(raw: str) -> date:
    """Read a date written ``21/11/2026`` or ``2026-11-21``.

    Raises ``Unreadable`` for anything else, a thirtieth of February among it, and for
    days before 1900 or after 2999.

    >>> read_date("21-11-2026")
    datetime.date(2026, 11, 21)
    """
    text = raw.strip()
    written = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not written and not iso:
        raise Unreadable(N_("Write the date like 21/11/2026."))
    year, month_, day_ = (
        (iso[1], iso[2], iso[3]) if iso else (written[3], written[2], written[1])
    )
    try:
        found = date(int(year), int(month_), int(day_))
    except ValueError:
        raise Unreadable(N_("There is no such day in the calendar.")) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(N_("Choose a day from 1900 to 2999."))
    return found


# -- words -------------------------------------------------------------------


def word(value: Any) -> str:
    """Say a stored word, such as a state or a role, in the reader's language."""
    text = str(getattr(value, "value", value))
    return str(WORDS.get(text, text))


def label(thing: Any) -> str:
    """Return the name of an account or a product in the reader's language."""
    return str(thing.name_en if language() == "en" else thing.name_id)


def spoken(fact: Any) -> Any:
    """Write one fact of a refusal the way the reader writes it."""
    if isinstance(fact, Money):
        return rupiah(fact)
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, Word):
        return gettext(str(fact))
    if isinstance(fact, Names):
        return fact.said(str(get_locale())[:2])
    if isinstance(fact, tuple):
        return ", ".join(str(spoken(each)) for each in fact)
    if isinstance(fact, Decimal):
        return exactly(fact)
    return fact


def tell(error: CoopbookError) -> str:
    """Say what the book refused, and what would work."""
    return say(error.sentence, error.facts)


def say(sentence: str, facts: Mapping[str, Any]) -> str:
    """Say one of the book's own sentences with its facts filled in."""
    return gettext(sentence) % {name: spoken(fact) for name, fact in facts.items()}
