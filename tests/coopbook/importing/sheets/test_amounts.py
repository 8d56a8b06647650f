from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.sheets.amounts import (
    AmountTooLarge,
    NotAnAmount,
    UnclearAmount,
    amount,
    decimal_mark,
)
from coopbook.importing.sheets.cells import FaultyFormula

whole = st.integers(0, 9_000_000_000_000)
cents = st.integers(0, 99)


def grouped(units, by="."):
    return f"{units:,}".replace(",", by)


@given(whole)
def test_an_amount_is_read_however_it_is_written_in_indonesia(units):
    for written in (
        str(units),
        grouped(units),
        f"Rp {grouped(units)}",
        f"Rp. {grouped(units)},-",
        f"Rp\u00a0{grouped(units)},00",
        f" IDR {units} ",
        grouped(units, " ") if units > 999 else str(units),
    ):
        assert amount(written) == units, written


@given(whole, cents)
def test_a_fraction_is_read_with_the_comma_and_with_the_point(units, hundredths):
    exact = Decimal(units) + Decimal(hundredths) / 100
    if exact > 9_000_000_000_000:
        return

    assert amount(f"{grouped(units)},{hundredths:02}") == exact
    if units > 999:
        assert amount(f"{units:,}.{hundredths:02}") == exact


@given(whole)
def test_brackets_and_either_minus_are_below_nothing(units):
    for written in (
        f"({grouped(units)})",
        f"-{grouped(units)}",
        f"−{units}",
        f"Rp -{grouped(units)}",
        f"-Rp {grouped(units)}",
        f"(Rp {grouped(units)})",
        f"{grouped(units)}-",
    ):
        assert amount(written) == -units, written


@given(st.floats(-1e12, 1e12))
def test_a_number_cell_is_the_shortest_decimal_that_stands_for_it(number):
    assert amount(number) == Decimal(repr(number))
    assert float(amount(number)) == number


@pytest.mark.parametrize(
    "blank", [None, "", "  ", "-", " - ", "–", "Rp -", "Rp", 0, 0.0]
)
def test_a_blank_cell_or_a_dash_is_nothing(blank):
    assert amount(blank) == 0


@pytest.mark.parametrize(
    "words",
    [
        *("abc", "1.25e6", "1,2,3", "1.2.3", "12.34.567", "1.250,00,0", "1..250"),
        *("12 34", "5%", "1.250.00", "Rp Rp 5", "٣", "1_000", "--5-5"),
        *(True, float("nan"), float("inf"), "1,250.000.000"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_place(words):
    with pytest.raises(NotAnAmount) as refusal:
        amount(words, at="D12")

    assert "Cell D12" in str(refusal.value)


def test_a_thousand_or_a_fraction_is_never_guessed():
    assert amount("1.250") == 1250
    with pytest.raises(UnclearAmount):
        amount("1,250")
    with pytest.raises(UnclearAmount):
        amount("1.250", mark="?")
    assert amount("1,250", mark=".") == 1250
    assert amount("1,250", mark=",") == Decimal("1.25")
    assert amount("1.250", mark=".") == Decimal("1.25")


def test_the_column_tells_its_decimal_mark():
    assert decimal_mark(["50,000", 7.0, None, "1,250,000"]) == "."
    assert decimal_mark(["50,000", "0.5"]) == "."
    assert decimal_mark(["1.250", "Rp. 75.000,-", "1.000.000"]) == ","
    assert decimal_mark(["1.250", "50,000"]) == ""
    assert decimal_mark(["1.250,00", "1,250.00"]) == "?"


def test_an_amount_beyond_a_line_of_the_book_is_refused():
    assert amount("9.000.000.000.000") == 9 * 10**12
    with pytest.raises(AmountTooLarge):
        amount("9.000.000.000.001")
    with pytest.raises(AmountTooLarge):
        amount(1e300)


@given(st.one_of(st.text(max_size=30), st.text("0123456789.,-() Rp", max_size=15)))
def test_whatever_a_cell_says_it_is_read_or_refused(words):
    for mark in ("", ".", ",", "?"):
        try:
            assert isinstance(amount(words, mark=mark), Decimal)
        except (NotAnAmount, UnclearAmount, AmountTooLarge) as refusal:
            assert str(refusal)


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", " #n/a ", "Err:502"])
def test_a_formula_without_a_result_is_refused_in_its_own_words(shown):
    with pytest.raises(FaultyFormula) as refusal:
        amount(shown, at="D12")

    said = f"the error {shown.strip()}"
    assert str(refusal.value).startswith(f"Cell D12: its formula gives {said}")
