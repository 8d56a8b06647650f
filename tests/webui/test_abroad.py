"""Stays abroad at the desk, and loans by sector and by country returned from."""

from __future__ import annotations

import pytest

from coopbook import loans, members, migrants
from coopbook.loans import Sector
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only


def test_a_stay_is_written_down_seen_and_put_right(desks: Desks) -> None:
    in_english(desks, "dewi")
    assert "No stay abroad is written down." in desks.text("/members/1/abroad")
    answer = desks.send(
        "/members/1/abroad/new", country="HK", departed="01/02/2018", returned=""
    )
    assert answer.status_code == 302
    page = plain(desks.get("/members/1/abroad"))
    assert "Hong Kong SAR China 1 February 2018 – still abroad" in page
    early = desks.send(
        "/members/1/abroad/1",
        country="HK",
        departed="01/02/2018",
        returned="31/01/2018",
    )
    assert early.status_code == 422
    assert "Choose a day of return from" in plain(early)
    desks.send(
        "/members/1/abroad/1",
        country="TW",
        departed="01/02/2018",
        returned="31/01/2024",
    )
    page = plain(desks.get("/members/1/abroad"))
    assert "Taiwan 1 February 2018 – 31 January 2024" in page
    assert "Hong Kong" not in page


def test_an_application_says_what_the_money_works_in(desks: Desks) -> None:
    with desks.coop.open() as book:
        who = furnish_street(book, ("Wati",))[0].number
    in_english(desks, "dewi")
    asked = {
        "product": "productive",
        "amount": "1200000",
        "term": "12",
        "purpose": "jual sayur",
        "sector": "trade",
        "on": ON,
    }
    address = f"/members/{who}/loans/new"
    wrong = desks.send(address, **(asked | {"sector": "pirates"}))
    assert wrong.status_code == 422
    desks.post(address, **asked)
    with desks.coop.open() as book:
        (loan,) = loans.loans_of(book, members.member(book, who))
        assert loan.sector is Sector.TRADE
        number = loan.number
    assert "jual sayur · Shop and trade" in plain(desks.get(f"/loans/{number}"))


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.MANAGER, True), (Role.SUPERVISOR, True), (Role.AUDITOR, False)],
)
def test_auditors_see_money_and_not_journeys(
    desks: Desks, role: Role, sees: bool
) -> None:
    with desks.coop.open() as book:
        for who, country in zip(
            furnish_street(book, ("Wati", "Tuti")), ("HK", "MY"), strict=True
        ):
            lend(book, who).sector = Sector.CRAFTS
            migrants.note_episode(
                *(book, who, country), on=TODAY, returned_on=FIRST_DAY
            )
            number = who.number
    in_english(desks, only(desks.coop, role))
    sectors = plain(desks.get("/loans/bad/by/sector"))
    assert "Things made at home or in a workshop 2 2.400.000" in sectors
    assert ("Country returned from" in sectors) is sees
    by = desks.get("/loans/bad/by/country")
    behind = desks.get("/loans/bad/list?by=country&name=HK")
    stays = desks.get(f"/members/{number}/abroad")
    if sees:
        assert "Hong Kong SAR China 1 1.200.000" in plain(by)
        assert "Country returned from: Hong Kong SAR China" in plain(behind)
        assert "Malaysia" in plain(stays)
    else:
        assert {by.status_code, behind.status_code, stays.status_code} == {403}
        assert "/abroad" not in desks.text(f"/members/{number}")
