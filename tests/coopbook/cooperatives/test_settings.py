"""A by-law's figure holds from its day until the next one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from coopbook.cooperatives import (
    Setting,
    change_or_ask,
    figures,
    in_force,
    queries,
    set_setting,
    setting,
    setting_text,
)
from coopbook.cooperatives.rules import (
    LivedAlready,
    NoSuchSetting,
    NotAFigure,
    SettingIsDated,
    SourceNeeded,
    check_value,
)
from coopbook.cooperatives.shares import NotAShare
from coopbook.cooperatives.standards import KNOWN, STANDARDS
from coopbook.founding import founding
from coopbook.people import Approval, Role, add_user, approvals
from tests.conftest import FIRST_DAY, NUMBERS, PASSWORD_HASH, VAULT, as_

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


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda one: one.name)
def test_what_a_cooperative_starts_with_is_a_value_of_its_unit(standard):
    assert check_value(standard, standard.value) == str(standard.value)
    assert KNOWN[standard.name] is standard


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("adult_age", "18.5"),
        ("adult_age", "１８"),
        ("payout_limit", -1),
        ("savings_tax_rate", 101),
        ("majority_of_present", 2),
        ("voucher_limit", "9" * 30),
    ],
)
def test_a_figure_outside_its_unit_is_refused(book, name, value):
    with pytest.raises(NotAFigure):
        set_setting(book, name, value, valid_from=MARCH, source="RAT")
    with pytest.raises(NotAShare):
        set_setting(book, "quorum_bylaws", value, valid_from=MARCH, source="RAT")


def test_whoever_changes_a_by_law_says_where_it_was_decided(book):
    with pytest.raises(SourceNeeded):
        set_setting(book, "adult_age", 21, valid_from=MARCH, source=" ")


def test_what_is_in_force_says_what_was_and_what_comes(book):
    set_setting(book, "adult_age", 21, valid_from=MARCH, source="RAT")
    before = {one.standard.name: one for one in in_force(book, date(2026, 2, 1))}
    after = {one.standard.name: one for one in in_force(book, MARCH)}

    assert len(before) == len(STANDARDS)
    one = before["adult_age"]
    assert (one.value, [row.value for row in one.coming]) == ("18", ["21"])
    one = after["adult_age"]
    assert (one.value, one.since, one.source) == ("21", MARCH, "RAT")
    assert [row.value for row in one.past] == ["18"]
    for name, one in after.items():
        assert one.value == setting_text(book, name, MARCH)


def test_a_setting_younger_than_the_book_stands_at_its_standard(book, monkeypatch):
    young = replace(KNOWN["adult_age"], name="patience", value=40)
    monkeypatch.setattr(queries, "STANDARDS", (*STANDARDS, young))
    monkeypatch.setitem(KNOWN, "patience", young)

    *_, found = in_force(book, MARCH)

    assert (found.value, found.since, found.source) == ("40", None, young.source)
    assert figures(book, "patience")(MARCH) == setting(book, "patience", MARCH) == 40


def test_the_figures_of_many_days_are_those_of_each(book):
    set_setting(book, "mandatory_share", 30_000, valid_from=MARCH, source="RAT")
    on = figures(book, "mandatory_share")
    for day in (date(2020, 1, 1), FIRST_DAY, date(2026, 2, 28), MARCH, date.max):
        assert on(day) == setting(book, "mandatory_share", day)


def test_a_manager_who_never_had_a_second_person_changes_it_alone(engine):
    with (
        Session(engine) as session,
        founding(
            session,
            number=next(NUMBERS),
            name="Sepi",
            first_day=FIRST_DAY,
            actor="setup",
            vault=VAULT,
        ) as book,
    ):
        add_user(
            *(book, "budi", "Budi", PASSWORD_HASH, [Role.MANAGER]),
            on=FIRST_DAY,
            hashed=True,
        )
        book.actor = "budi"
        asked = {"valid_from": MARCH, "source": "RAT", "on": MARCH}
        assert isinstance(change_or_ask(book, "adult_age", 21, **asked), Setting)
        with pytest.raises(LivedAlready):
            change_or_ask(book, "adult_age", 19, **asked | {"on": date(2026, 3, 2)})
        with pytest.raises(SettingIsDated):
            change_or_ask(book, "adult_age", 19, **asked)


def test_else_a_second_person_is_asked_and_may_refuse(book):
    with as_(book, "budi"):
        asked = change_or_ask(
            book, "adult_age", 21, valid_from=MARCH, source="RAT", on=MARCH
        )
        assert isinstance(asked, Approval)
        with pytest.raises(approvals.OwnRequest):
            approvals.approve(book, asked.number, digest=asked.digest)
    assert setting(book, "adult_age", MARCH) == 18
    with as_(book, "sari"):
        approvals.approve(book, asked.number, digest=asked.digest)
    assert setting(book, "adult_age", MARCH) == 21


def test_what_has_not_begun_is_preceded_and_replaced(book):
    july, june, april = date(2027, 7, 1), date(2027, 6, 1), date(2027, 4, 1)
    set_setting(book, "adult_age", 62, valid_from=july, source="salah ketik")
    set_setting(book, "adult_age", 19, valid_from=june, source="RAT")
    set_setting(book, "adult_age", 21, valid_from=july, source="RAT")

    assert [setting(book, "adult_age", on) for on in (april, june, july)] == [
        18,
        19,
        21,
    ]
    (one,) = (o for o in in_force(book, april) if o.standard.name == "adult_age")
    assert [row.source for row in one.coming] == ["RAT", "RAT"]
    with pytest.raises(SettingIsDated):
        set_setting(book, "adult_age", 20, valid_from=june, source="x", on=june)


def test_what_is_approved_late_holds_from_then_on(book):
    with as_(book, "budi"):
        asked = change_or_ask(
            book, "adult_age", 21, valid_from=MARCH, source="RAT", on=MARCH
        )
    clock = book.clock
    with as_(book, "sari"):
        book.clock = lambda: clock() + timedelta(days=10)
        row = approvals.approve(book, asked.number, digest=asked.digest)
    assert row.valid_from == date(2026, 3, 11)
    assert setting(book, "adult_age", date(2026, 3, 10)) == 18
