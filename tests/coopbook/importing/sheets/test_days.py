from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.sheets.cells import FaultyFormula
from coopbook.importing.sheets.days import NoSuchDay, NotADate, day, month

days = st.dates(date(1970, 1, 1), date(2069, 12, 31))
MONTHS = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
]
SHORT = [
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"),
    *("Nov", "Dec"),
]


@given(days)
def test_a_day_is_read_however_it_is_written(on):
    for written in (
        on.strftime("%d/%m/%Y"),
        on.strftime("%d-%m-%Y"),
        on.strftime("%d.%m.%y"),
        f"{on.day}/{on.month}/{on.year}",
        on.isoformat(),
        on.strftime("%Y-%m-%d 08:15:00"),
        on.strftime("%d/%m/%Y 08.15"),
        f"{on.day} {MONTHS[on.month - 1]} {on.year}",
        f"Senin, {on.day:02} {MONTHS[on.month - 1].upper()} {on.year}",
        f"{on.day}-{SHORT[on.month - 1]}-{on:%y}",
        f"{on.day} {MONTHS[on.month - 1][:3]}'{on:%y}",
        on,
        datetime(on.year, on.month, on.day, 23, 59),
    ):
        assert day(written) == on, written


@pytest.mark.parametrize("written", ["30/02/2022", "31-04-22", "29 Februari 2023"])
def test_a_day_the_calendar_does_not_have_is_refused(written):
    with pytest.raises(NoSuchDay) as refusal:
        day(written, at="B7")

    assert str(refusal.value) == (
        f"Cell B7: there is no day {written} in the calendar."
    )


def test_the_month_never_comes_first():
    assert day("01/02/2022") == date(2022, 2, 1)
    with pytest.raises(NoSuchDay):
        day("01/25/2022")


@pytest.mark.parametrize(
    "words",
    [
        *("", None, "kemarin", 44561.0, 44561, "44561", "2022", "1/2", "1/2-2022"),
        *(True, "Jan'23", "Makassar, 31 Januari 2022", "Saldo per 01 Januari 2023"),
    ],
)
def test_what_is_no_date_is_refused(words):
    with pytest.raises(NotADate):
        day(words)


@given(st.one_of(st.text(max_size=20), st.text("0123456789/-. JanMei", max_size=12)))
def test_whatever_a_cell_says_it_is_read_or_refused(words):
    try:
        assert isinstance(day(words), date)
    except (NotADate, NoSuchDay) as refusal:
        assert str(refusal)


def test_a_formula_without_a_result_is_refused_in_its_own_words():
    with pytest.raises(FaultyFormula):
        day("#N/A")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Potongan Koperasi Jan'23", date(2023, 1, 1)),
        ("Potongan Koperasi Agust'23", date(2023, 8, 1)),
        ("BULAN Januari 2017", date(2017, 1, 1)),
        ("Saldo per 31 Desember 2023", date(2023, 12, 1)),
        ("Januari 2023 s/d Maret 2023", None),
        ("Kelompok 3", None),
        ("Juni 202", None),
        (None, None),
    ],
)
def test_the_month_that_words_name(words, first):
    assert month(words) == first
