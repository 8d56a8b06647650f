"""Money, dates and words, as people write and read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.money import LARGEST, Money
from webui.wording import Unreadable, read_date, read_money, words

UNITS = [
    "",
    *["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
]


def reference(n: int) -> str:
    """Spell a number in Indonesian, by the rules taught at school."""
    if n < 10:
        return UNITS[n]
    if n in (10, 11):
        return "sepuluh" if n == 10 else "sebelas"
    if n < 20:
        return f"{UNITS[n - 10]} belas"
    for size, name, one in (
        (10**12, "triliun", ""),
        (10**9, "miliar", ""),
        (10**6, "juta", ""),
        (1000, "ribu", "seribu"),
        (100, "ratus", "seratus"),
        (10, "puluh", ""),
    ):
        if n >= size:
            head, rest = divmod(n, size)
            said = one if head == 1 and one else f"{reference(head)} {name}"
            return f"{said} {reference(rest)}".strip()
    raise AssertionError(n)


@pytest.mark.parametrize(
    "typed", ["1250000", "1.250.000", "Rp 1.250.000", "rp1.250.000", "1.250.000,00"]
)
def test_an_amount_is_read_however_it_is_written_properly(typed: str) -> None:
    assert read_money(typed) == Money(1_250_000)


@pytest.mark.parametrize(
    "typed",
    [
        "1250000.50", "1,250,000", "12.50.000", "abc", "", "1e6", "1_000", "٥٠٠",
        "１０００", "NaN", "Infinity", "-5", "0", "1,5", "+5", "0x10", "9" * 30, "--1",
        "1.000.", ".5", "Rp", "1 000", str(LARGEST + 1),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_money(typed)


@given(st.integers(1, LARGEST))
def test_every_amount_is_said_as_at_school(units: int) -> None:
    assert words(Money(units), "id") == f"{reference(units)} rupiah"


@given(st.integers(0, 999), st.integers(1, 8_999))
def test_a_thousand_after_millions_is_seribu(rest: int, millions: int) -> None:
    units = millions * 1_000_000 + 1_000 + rest
    assert words(Money(units), "id") == f"{reference(units)} rupiah"


def test_a_date_is_read_as_people_write_it() -> None:
    for typed in ("21/11/2026", "21-11-2026", "2026-11-21", " 21.11.2026 "):
        assert read_date(typed) == date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["30/02/2026", "11/21/2026", "kemarin", "", "1/1/26"])
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_date(typed)
