"""Members are entered, found and corrected; what identifies them is sealed."""

from datetime import date

import pytest
from sqlalchemy import text

from coopbook import members
from coopbook.members import MemberStatus, rules
from coopbook.members.rules import doubts
from coopbook.vault import NoSecret
from tests.conftest import FIRST_DAY, TODAY


def test_a_candidate_is_entered_with_the_next_number(book):
    row = members.admit(book, "  Dewi   Lestari ", on=TODAY)

    assert (row.number, row.name) == (3, "Dewi Lestari")
    assert row.status is MemberStatus.PROSPECTIVE


@pytest.mark.parametrize("text_", ["1", "siti", "AMINAH", "3201014101900001"])
def test_a_member_is_found_by_number_part_of_the_name_or_nik(book, text_):
    assert [row.number for row in members.search(book, text_)] == [1]


def test_a_member_is_found_by_the_telephone_however_it_is_written(book):
    members.correct(book, members.member(book, 2), phone="0812-3456-7890")

    for written in ("081234567890", "+62 812 3456 7890", "0812 3456 7890"):
        assert [row.number for row in members.search(book, written)] == [2]


def test_part_of_a_nik_finds_nobody(book):
    assert members.search(book, "32010141") == []


def test_a_search_is_never_a_pattern(book):
    assert members.search(book, "%") == []
    assert members.search(book, "_i_i") == []


def test_no_personal_number_lies_open_in_the_database(book):
    members.correct(
        book, members.member(book, 1), passport_no="B1234567", phone="081234567890"
    )
    row = book.session.execute(
        text("SELECT * FROM member WHERE cooperative_id = :c AND number = 1"),
        {"c": book.cooperative_id},
    ).one()
    events = book.session.execute(
        text("SELECT body FROM event WHERE cooperative_id = :c"),
        {"c": book.cooperative_id},
    )
    kept = " ".join(map(str, row)) + " ".join(body for (body,) in events)

    for secret in ("3201014101900001", "B1234567", "81234567890"):
        assert secret not in kept
    assert members.member(book, 1).passport_no == "B1234567"


def test_a_correction_changes_only_what_is_named(book):
    siti = members.member(book, 1)
    before = siti.national_id_sealed

    members.correct(book, siti, address="Dusun Krajan", national_id="3201014101900001")

    assert siti.address == "Dusun Krajan"
    assert siti.national_id_sealed == before
    assert siti.masked_national_id == "3201••••••••0001"


def test_a_personal_number_can_be_taken_out_again(book):
    siti = members.member(book, 1)

    members.correct(book, siti, national_id=None)

    assert siti.national_id is None
    assert members.search(book, "3201014101900001") == []


def test_what_cannot_be_a_member_is_refused_with_a_sentence(book):
    with pytest.raises(rules.NameNeeded):
        members.admit(book, "  ", on=TODAY)
    with pytest.raises(rules.NotANumber):
        members.admit(book, "X", on=TODAY, national_id="satu")
    with pytest.raises(rules.BornLater):
        members.admit(book, "X", on=FIRST_DAY, born_on=TODAY)
    with pytest.raises(rules.NoSuchMember):
        members.member(book, 99)


@pytest.mark.parametrize(
    ("nik", "born_on", "count"),
    [
        ("3201014101900001", date(1990, 1, 1), 0),
        ("3201010101900001", date(1990, 1, 1), 0),
        ("9201010101900001", date(1990, 1, 1), 0),  # a province newer than the list
        ("3201010101900001", date(1990, 1, 2), 1),
        ("32010101019000", None, 1),
        ("3201013213900001", None, 1),
        ("3201010101900000", None, 1),
    ],
)
def test_a_doubtful_nik_is_warned_about_never_blocked(book, nik, born_on, count):
    assert len(doubts(nik, born_on)) == count
    assert members.admit(book, "X", on=TODAY, national_id=nik).number


def test_the_register_pages_by_number(book):
    first = members.register(book, limit=1)

    assert [row.number for row in first] == [1]
    assert [row.number for row in members.register(book, after=1)] == [2]


def test_without_the_secret_no_personal_number_is_kept(book):
    book.vault = None

    with pytest.raises(NoSecret):
        members.admit(book, "Dewi", on=TODAY, phone="081234567890")
    assert members.admit(book, "Dewi", on=TODAY).number
