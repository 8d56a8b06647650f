"""An amount in words and in figures, as both stand on paper."""

from __future__ import annotations

import re

from coopbook.money import Money


def amount_in_words(amount: Money, language: str) -> str:
    """Say an amount in words, as a receipt must (*terbilang*).

    Source: num2words says "satu ribu" after juta and above; Indonesian says
            "seribu" only where nothing stands before it within the thousands.

    >>> amount_in_words(Money(250_000), "id")
    'dua ratus lima puluh ribu rupiah'
    >>> amount_in_words(Money(1_001_000), "id")
    'satu juta seribu rupiah'
    >>> amount_in_words(Money(100_000), "en")
    'one hundred thousand rupiah'
    """
    from num2words import num2words

    said = num2words(abs(amount.units), lang=language)
    said = re.sub(r"\b(juta|miliar|triliun) satu ribu\b", r"\1 seribu", said)
    if amount.units < 0:
        said = f"minus {said}"
    return f"{said} rupiah"


def in_figures(amount: Money) -> str:
    """Write an amount the Indonesian way, in brackets where it is below nothing.

    >>> in_figures(Money(1_250_000)), in_figures(Money(-5_000))
    ('1.250.000', '(5.000)')
    """
    figures = f"{abs(amount.units):,}".replace(",", ".")
    return f"({figures})" if amount.units < 0 else figures
