"""A by-law's figure holds from its day until the next one."""

from datetime import date

import pytest

from coopbook.cooperatives import set_setting, setting
from coopbook.cooperatives.rules import STANDARDS, NoSuchSetting, SettingIsDated
from tests.conftest import FIRST_DAY

MARCH = date(2026, 3, 1)


def test_days_already_lived_keep_their_figure(book):
    set_setting(book, "mandatory_share", 30_000, valid_from=MARCH, source="RAT 2026")

    assert setting(book, "mandatory_share", date(2026, 2, 28)) == 25_000
    assert setting(book, "mandatory_share", MARCH) == 30_000


def test_a_change_is_never_dated_before_the_last(book):
    with pytest.raises(SettingIsDated):
        set_setting(book, "mandatory_share", 1, valid_from=FIRST_DAY, source="x")


def test_an_unknown_setting_is_refused(book):
    with pytest.raises(NoSuchSetting):
        setting(book, "luck", MARCH)
    with pytest.raises(NoSuchSetting):
        set_setting(book, "luck", 7, valid_from=MARCH, source="x")


def test_every_setting_says_where_it_comes_from():
    assert all(standard.source for standard in STANDARDS)
