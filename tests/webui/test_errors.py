"""Calm pages for what cannot be shown, in both languages."""

from __future__ import annotations

import io

import pytest

from coopbook.errors import Inconsistent
from tests.webui.conftest import Desks, plain


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/members/99999", 404),
        ("GET", "/members/" + "9" * 30, 404),
        ("GET", "/books/vouchers/99999", 404),
        ("GET", "/books/trial-balance", 403),
        ("GET", "/members/search", 405),
        ("GET", "/receipts/1?paper=letter", 404),
    ],
)
def test_what_cannot_be_shown_has_a_page_with_a_way_back(
    desks: Desks, method: str, path: str, status: int
) -> None:
    desks.log_in("rina")
    for language in ("id", "en"):
        desks.client.post("/language", data={"language": language, "back": "/"})
        answer = desks.client.open(path, method=method)
        assert answer.status_code == status
        assert f'lang="{language}"' in answer.text
        assert 'class="btn"' in answer.text
        assert "Traceback" not in answer.text


def test_a_file_that_is_too_large_is_refused(desks: Desks) -> None:
    desks.log_in("tono")
    answer = desks.client.post(
        "/vouchers/new/expense",
        data={"paper": (io.BytesIO(b"0" * 3_000_000), "x.pdf", "application/pdf")},
    )
    assert answer.status_code == 413
    answer.request.input_stream.close()  # what the test sent lay in a file


def test_a_book_that_contradicts_itself_stops_the_desk(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.log_in("rina")

    def broken() -> None:
        raise Inconsistent("entry 5 does not balance")

    monkeypatch.setitem(desks.app.view_functions, "counter.desk", broken)
    answer = desks.get("/counter")
    assert answer.status_code == 500
    assert "entry 5 does not balance" in plain(answer)


def test_a_language_stays_chosen(desks: Desks) -> None:
    desks.log_in("rina")
    desks.client.post("/language", data={"language": "en", "back": "/counter"})
    page = desks.text("/counter")
    assert "Who is at the counter?" in page
    assert '<html lang="en">' in page


def test_names_that_hold_markup_are_shown_as_text(desks: Desks) -> None:
    desks.log_in("budi")
    name = '<script>alert("1")</script>'
    answer = desks.send("/members/new", name=name, on="16/03/2026")
    if answer.status_code == 302:
        assert "<script>alert" not in desks.get(answer.headers["Location"]).text
    found = desks.client.post("/members/search", data={"q": name})
    assert "<script>alert" not in found.text


def test_a_very_long_search_is_answered(desks: Desks) -> None:
    desks.log_in("rina")
    for asked in ("%" * 90_000, "\x00", "'; DROP TABLE member; --", "_" * 200):
        answer = desks.client.post("/members/search", data={"q": asked})
        assert answer.status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "query",
    ["after=" + "9" * 40, "card=-1", "before=x.y.z", "account=1e9", "after=%00"],
)
def test_numbers_nobody_has_do_no_harm(desks: Desks, query: str) -> None:
    desks.log_in("agus")
    for path in ("/members", "/loans", "/books/journal", "/savings/2"):
        assert desks.get(f"{path}?{query}").status_code in (200, 400)


def test_characters_that_cannot_be_seen_are_refused(desks: Desks) -> None:
    desks.log_in("budi")
    for name in ("Siti\u202eanimA", "Siti\u200d", "Si\x07ti", "Siti\u2066"):
        answer = desks.send("/members/new", name=name, on="16/03/2026")
        assert answer.status_code == 422, ascii(name)
