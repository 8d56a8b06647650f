"""The notes to the statements on screen."""

from __future__ import annotations

import re
from datetime import date

import pytest

from coopbook import yearend
from coopbook.disclosures import note_facts, notes_of
from coopbook.people import Role
from coopbook.yearend import TextSubject
from tests.webui.conftest import Desks, plain
from tests.webui.test_annual import READ, year
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_note_is_shown_and_long_ones_are_led_to(
    later: Desks,
    language: str,
) -> None:
    year(later.coop, policy=True)
    with later.coop.open() as book:
        yearend.write_text(
            *(book, 2026, TextSubject.NOTES, "Banjir <b>besar</b>.\n\nLalu panen."),
            on=date(2027, 1, 5),
        )
    with later.coop.read() as book:
        notes = notes_of(note_facts(book, 2026), language)
    if language == "en":
        in_english(later, "agus")
    else:
        later.log_in("agus")
    answer = later.get("/year/2026/notes")
    shown = plain(answer)
    for place, note in enumerate(notes, start=1):
        assert f"{place}. {note.title}" in shown
    assert "&lt;b&gt;besar" in answer.text and "<b>besar" not in answer.text
    assert 'href="/year/2026/notes/lines"' in answer.text
    found = later.get("/year/2026/notes/lines").text
    while further := re.search(r'rel="next" href="([^"]+)"', found):
        found += later.get(further[1].replace("&amp;", "&")).text.split("<main")[1]
        found = found.replace('rel="next"', "", 1)
    (grid,) = next(each for each in notes if each.key == "lines").pieces
    for row in grid.rows:
        if row[0]:
            assert str(row[0]) in found
    line = re.search(r'href="(/year/2026/behind/position/[a-z_]+)"', found)
    assert line and later.get(line[1]).status_code == 200
    assert later.get("/year/2026/notes/nothing").status_code == 404
    assert later.get("/year/2031/notes").status_code == 404
    tabs = later.get("/year/2026/statements/position").text
    assert 'href="/year/2026/notes"' in tabs


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_notes_and_who_does_not(later: Desks, role: Role) -> None:
    later.log_in(only(later.coop, role))
    seen = {
        later.get(path).status_code
        for path in ("/year/2026/notes", "/year/2026/notes/lines")
    }
    assert seen == ({200} if role in READ else {403})
