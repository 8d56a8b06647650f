"""Kin, houses, heirs, related parties; and people who were entered twice."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import members
from coopbook.members import Relation, Verdict
from coopbook.members.doubles import BORN_SAME, CARD_SAME, NIK_SAME, OneMember
from coopbook.members.family import NoSuchKin, OwnKin, TooMuchGiven
from coopbook.members.standing import WhyNeeded
from coopbook.people import Role, add_user
from coopbook.regions import NoSuchDistrict, NotInDistrict
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY

NIK = "3201014101900001"


def test_kin_is_seen_from_both_sides(book):
    siti, ani = members.member(book, 1), members.member(book, 2)
    members.add_kin(book, siti, Relation.CHILD, other=ani)
    members.add_kin(book, siti, Relation.SPOUSE, name="Pak Harun")

    (child, spouse) = members.relatives(book, siti)
    (mother,) = members.relatives(book, ani)

    assert (child.relation, child.member.number) == (Relation.CHILD, 2)
    assert (spouse.name, spouse.member) == ("Pak Harun", None)
    assert (mother.relation, mother.name) == (Relation.PARENT, "Siti Aminah")
    with pytest.raises(OwnKin):
        members.add_kin(book, siti, Relation.SIBLING, other=siti)
    members.end_kin(book, siti, child.number, on=TODAY)
    assert members.relatives(book, ani) == []
    with pytest.raises(NoSuchKin):
        members.end_kin(book, siti, child.number, on=TODAY)


def test_officers_their_house_and_their_kin_are_related_parties(book):
    siti, ani = members.member(book, 1), members.member(book, 2)
    cousin = members.admit(book, "Sepupu", on=FIRST_DAY)
    assert members.ties(book, siti) == []
    add_user(
        *(book, "ketua", "Bu Ketua", PASSWORD_HASH, [Role.MANAGER]),
        on=FIRST_DAY,
        hashed=True,
        member_number=1,
    )
    house = members.set_household(book, siti, name="Rumah Krajan 3")
    members.set_household(book, ani, household=house.number)
    members.add_kin(book, siti, Relation.SIBLING_IN_LAW, other=cousin)

    assert members.ties(book, siti)[0].officer == "Bu Ketua"
    assert members.ties(book, ani)[0].household
    (tie,) = members.ties(book, cousin)
    assert tie.through is Relation.SIBLING_IN_LAW
    house, people = members.household_of(book, ani)
    assert [one.number for one in people] == [1, 2]
    with pytest.raises(NoSuchKin):
        members.set_household(book, cousin, household=99)


def test_heirs_share_a_hundred(book):
    siti = members.member(book, 1)
    about = {"relation": Relation.CHILD, "on": TODAY}
    members.add_beneficiary(
        *(book, siti, "Budi"), share=60, national_id=NIK, phone="0812 1", **about
    )
    with pytest.raises(TooMuchGiven) as refusal:
        members.add_beneficiary(book, siti, "Wati", share=41, **about)
    assert refusal.value.left == 40
    members.add_beneficiary(book, siti, "Wati", share=40, **about)

    (budi, wati) = members.beneficiaries(book, siti)
    assert budi.masked_national_id == "3201••••••••0001"
    assert NIK not in str(budi.national_id_sealed)
    members.end_beneficiary(book, siti, budi.number, on=TODAY)
    assert [one.name for one in members.beneficiaries(book, siti)] == ["Wati"]
    assert wati.share == 40


def test_people_entered_twice_are_found_and_joined_never_deleted(book):
    siti = members.member(book, 1)
    members.correct(
        book, siti, born_on=date(1990, 1, 1), family_card_no="3201010000000009"
    )
    by_nik = members.admit(book, "S. Aminah", on=TODAY, national_id=NIK)
    by_birth = members.admit(
        book, "Hj. Siti  Aminah", on=TODAY, born_on=date(1990, 1, 1)
    )
    by_card = members.admit(
        book, "Siti A.", on=TODAY, family_card_no="3201 0100 0000 0009"
    )
    members.admit(  # a daughter of the same house is somebody else
        book, "Rini", on=TODAY, family_card_no="3201010000000009"
    )

    found = {one.other.number: one.why for one in members.look_alikes(book, siti)}

    assert found == {
        by_nik.number: (NIK_SAME,),
        by_birth.number: (BORN_SAME,),
        by_card.number: (CARD_SAME,),
    }
    assert len(members.doubles(book)) == 3
    with pytest.raises(OneMember):
        members.judge(book, siti, siti, Verdict.SAME, on=TODAY, reason="x")
    with pytest.raises(WhyNeeded):
        members.judge(book, by_nik, siti, Verdict.SAME, on=TODAY, reason=" ")
    members.judge(book, by_nik, siti, Verdict.SAME, on=TODAY, reason="KTP sama")
    members.judge(book, by_card, siti, Verdict.DIFFERENT, on=TODAY, reason="saudara")
    assert [one.number for one in members.same_as(book, siti)] == [by_nik.number]
    assert [one.other.number for one in members.doubles(book)] == [by_birth.number]
    assert members.member(book, by_nik.number).name == "S. Aminah"
    members.judge(book, siti, by_nik, Verdict.DIFFERENT, on=TODAY, reason="keliru")
    assert members.same_as(book, siti) == []


def test_an_address_has_a_district_and_a_village_of_it(book):
    siti = members.member(book, 1)
    members.correct(
        book, siti, region_code="321216", village_code="3212162004", hamlet=" Krajan "
    )
    assert (siti.region_code, siti.village_code) == ("32.12.16", "32.12.16.2004")
    assert members.hamlets(book) == [("Krajan", 1)]

    with pytest.raises(NoSuchDistrict):
        members.correct(book, siti, region_code="99.99.99")
    with pytest.raises(NotInDistrict):
        members.correct(book, siti, village_code="33.07.10.2004")
    with pytest.raises(NotInDistrict):
        members.admit(
            *(book, "Ayu"), on=TODAY, region_code="32.12.16", village_code="12"
        )
