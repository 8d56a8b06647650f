from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.sheets.days import NoSuchDay, NotADate, day

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
    "words", ["", None, "kemarin", 44561.0, 44561, "2022", "1/2", "1/2-2022", True]
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
