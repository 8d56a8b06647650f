"""Checkpoints are read at the audit desk, by those who keep an eye on the book."""

from __future__ import annotations

from html import unescape

import pytest

from coopbook import checkpoints, ledger
from tests.conftest import TODAY
from tests.webui.conftest import Desks


@pytest.fixture
def kept(desks: Desks) -> list[checkpoints.Checkpoint]:
    """A month that was closed, and a checkpoint somebody asked for."""
    with desks.coop.open("yanti") as book:
        ledger.close_month(book, "2026-01", today=TODAY)
    with desks.coop.open("sari") as book:
        checkpoints.make(book, on=TODAY)
    with desks.coop.read() as book:
        return checkpoints.checkpoints(book)


@pytest.mark.parametrize("name", ["agus", "sari", "budi"])
def test_who_watches_the_book_copies_its_checkpoints(
    desks: Desks, kept: list[checkpoints.Checkpoint], name: str
) -> None:
    desks.log_in(name)

    page = desks.text("/audit/checkpoints")

    assert [row.text in unescape(page) for row in kept] == [True, True]
    assert page.index(kept[0].text) < page.index(kept[1].text)
    assert "Januari 2026" in page
    assert " ".join(checkpoints.words(kept[0].head)) in page
    assert "/audit/checkpoints" in desks.text("/audit")


def test_others_do_not(desks: Desks) -> None:
    for name in ("rina", "dewi", "yanti"):
        desks.log_in(name)
        assert desks.client.get("/audit/checkpoints").status_code == 403


def test_a_long_list_is_turned_page_by_page_and_stays_small(desks: Desks) -> None:
    with desks.coop.open("sari") as book:
        for _ in range(14):
            checkpoints.make(book, on=TODAY)
    desks.log_in("agus")

    first = desks.client.get("/audit/checkpoints")
    second = desks.text("/audit/checkpoints?before=3")

    assert (first.text.count("CB1|"), second.count("CB1|")) == (12, 2)
    assert len(first.data) < 20_000
    assert 'href="/audit/checkpoints?before=3"' in first.text
    assert 'rel="next"' not in second


def test_a_book_without_any_says_when_the_first_is_made(desks: Desks) -> None:
    desks.log_in("agus")
    desks.client.post("/language", data={"language": "en"})

    assert "The first is made when a month is closed." in desks.text(
        "/audit/checkpoints"
    )
