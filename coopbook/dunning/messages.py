"""What an officer sends from the own phone: a reminder, polite and short (pure)."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from coopbook.i18n import N_, say
from coopbook.money import Money
from coopbook.numerals import in_figures

SOON = N_(
    "Good day %(name)s, greetings from %(cooperative)s. A friendly reminder: the next"
    " installment of loan %(loan)s, %(amount)s, is due on %(day)s. If it is hard just"
    " now, please tell us beforehand; we gladly look for a way together. Thank you."
)
OPEN = N_(
    "Good day %(name)s, greetings from %(cooperative)s. On loan %(loan)s %(amount)s is"
    " still open; it was due on %(day)s. If it was paid already, thank you, and please"
    " show us the receipt. If it is hard just now, please tell us; we gladly look for a"
    " way together."
)


def reminder_text(
    language: str,
    *,
    name: str,
    cooperative: str,
    loan: int,
    amount: Money,
    due_on: date,
    late: bool,
) -> str:
    """Return a reminder in a language: what is open, since when, and no more.

    It names nobody but the borrower and threatens with nothing.

    >>> reminder_text(
    ...     "en", name="Siti", cooperative="Melati", loan=7, amount=Money(118_000),
    ...     due_on=date(2026, 2, 1), late=False,
    ... )[:74]
    'Good day Siti, greetings from Melati. A friendly reminder: the next instal'
    """
    return say(OPEN if late else SOON, language) % {
        "name": name,
        "cooperative": cooperative,
        "loan": loan,
        "amount": f"Rp {in_figures(amount)}",
        "day": format_date(due_on, "d MMMM yyyy", locale=language),
    }
