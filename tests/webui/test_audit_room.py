"""The rest of the audit room: changes, letters, papers, what auditors opened."""

from __future__ import annotations

import pytest

from coopbook.people import Role
from tests.conftest import TODAY, Coop
from tests.coopbook.yearend.years import earned
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only

ROOM = ("/audit/changes", "/audit/letters", "/audit/opened")


@pytest.mark.parametrize("path", ROOM)
def test_who_may(desks: Desks, path: str) -> None:
    for role in Role:
        desks.log_in(only(desks.coop, role))
        may = role in (Role.AUDITOR, Role.SUPERVISOR, Role.MANAGER)
        wanted = 200 if may else 403
        if role is not Role.MEMBER:
            assert desks.get(path).status_code == wanted, role


def test_changes_are_told_since_a_day(desks: Desks) -> None:
    in_english(desks, "agus")
    page = plain(desks.get("/audit/changes?since=01/01/2020"))
    assert "from record 1 on" in page
    assert "no figure of an earlier day has changed" in page
    assert "Members" in page
    assert desks.get("/audit/changes?since=bulan").status_code == 422
    assert desks.get("/audit/changes?since=01/01/2999").status_code == 200


def test_members_are_drawn_and_their_letters_handed_out(desks: Desks) -> None:
    in_english(desks, "agus")
    assert "Draw" in plain(desks.get("/audit/letters"))
    asked = "seed=2026&size=1&how=random&reply_to=Agus&_scheme=javascript"
    page = desks.get(f"/audit/letters?{asked}")
    assert "1 of " in plain(page)
    assert "javascript" not in page.text
    made = desks.get(f"/audit/letters.pdf?{asked}")
    assert made.data[:5] == b"%PDF-"
    many = desks.get("/audit/letters?seed=2026&size=400")
    assert many.status_code == 422
    assert desks.get("/audit/letters.pdf").status_code == 404
    assert desks.get("/audit/tests.pdf?seed=a&size=1").data[:5] == b"%PDF-"
    assert desks.get("/audit/tests.pdf").status_code == 404
    with desks.coop.open() as book:
        for _ in range(12):
            earned(book, 1_000, on=TODAY)
    assert "Draw at least one" in plain(desks.get("/audit/tests?seed=a"))
    assert desks.get("/audit/tests.pdf?seed=a").status_code == 404
    assert "/audit/tests.pdf?" in desks.text("/audit/tests?seed=a&size=1")


def test_what_an_auditor_opens_is_seen_by_the_others(desks: Desks, twin: Coop) -> None:
    in_english(desks, "agus")
    desks.get("/audit/changes")
    desks.get("/audit/letters.pdf?seed=2026&size=1")
    desks.get("/audit/nothing")
    desks.log_in("sari")
    desks.get("/audit/changes")
    in_english(desks, "sari")
    page = plain(desks.get("/audit/opened"))
    assert "agus /audit/changes" in page
    assert "/audit/changes" in page
    assert "/audit/letters.pdf" in page
    assert "sari" not in page.split("The auditor sees this list", 1)[1]
    assert "/audit/nothing" not in page
    desks.log_in("sari", twin)
    assert "/audit/changes" not in plain(desks.get("/audit/opened"))


def test_what_was_opened_is_noted_with_its_time_and_seed_and_no_other_words(
    desks: Desks,
) -> None:
    in_english(desks, "agus")
    months = ("first=01/01/2026&last=31/01/2026", "first=2026-02-01&last=2026-02-28")
    for span in months:
        assert desks.get(f"/year/2026/statements.csv?{span}").status_code == 200
    desks.get("/audit/changes?since=01/02/2026&q=Wati")
    desks.get("/audit/letters.pdf?seed=undi+2&size=1&reply_to=Agus")
    desks.get("/members?q=Wati&first=Wati&seed=Wati")
    assert desks.get("/audit/changes?since=Wati").status_code == 422
    page = plain(desks.get("/audit/opened"))
    for span in months:
        assert f"/year/2026/statements.csv?{span}" in page
    assert "agus /audit/changes?since=01/02/2026" in page
    assert "/audit/letters.pdf?seed=undi+2" in page
    assert "agus /members" in page
    noted = page.split("The auditor sees this list", 1)[1]
    assert "Wati" not in noted
    assert "reply_to" not in noted


def test_the_list_of_what_was_opened_has_pages(desks: Desks) -> None:
    in_english(desks, "agus")
    for _ in range(45):
        desks.get("/audit/changes")
    first = desks.get("/audit/opened")
    assert "Older" in plain(first)
    address = first.text.split('href="/audit/opened?before=', 1)[1].split('"', 1)[0]
    rest = desks.get(f"/audit/opened?before={address}")
    assert rest.text.count("/audit/changes</code>") in range(1, 10)
