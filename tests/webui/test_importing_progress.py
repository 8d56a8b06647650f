"""While an import is posted or taken back, its page can ask how far it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coopbook.importing import undoing
from coopbook.ledger import bulk
from tests.webui.conftest import Desks, hidden_fields
from tests.webui.test_importing import SAVINGS, choose, press, sheet
from webui.importing import progress

ROWS = [
    ("03/02/2026", f"A{n}", f"Warga {n}", "pokok", "setor", 100_000) for n in range(6)
]


@pytest.fixture
def told(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Any], dict[str, str]]:
    """What the page hears, asking each time two entries are written."""
    heard: list[Any] = []
    at: dict[str, str] = {}

    class Asking(dict[Any, Any]):
        def __setitem__(self, key: Any, value: Any) -> None:
            super().__setitem__(key, value)
            answer = desks.client.get(f"/import/progress/{at['key']}")
            heard.append((answer.status_code, json.loads(answer.data)))
            other = desks.client.get("/import/progress/another")
            assert (other.status_code, other.data) == (204, b"")

    monkeypatch.setattr(progress, "FAR", Asking())
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(undoing, "AT_ONCE", 2)
    return heard, at


def test_the_page_hears_how_far_an_import_is(desks: Desks, told: Any) -> None:
    heard, at = told
    desks.log_in("yanti")
    page = choose(desks, "savings", sheet(SAVINGS, *ROWS))
    at["key"] = page.request.path.rpartition("/")[2]
    assert f"/import/progress/{at['key']}" in page.text
    assert desks.get(f"/import/progress/{at['key']}").status_code == 204

    posted = press(desks, page)
    assert posted.status_code == 302
    assert [(code, far["done"], far["of"]) for code, far in heard] == [
        (200, 2, 6), (200, 4, 6), (200, 6, 6), (200, 6, 6),
    ]  # fmt: skip
    assert not progress.FAR

    heard.clear()
    number = posted.headers["Location"].rpartition("/")[2]
    at["key"] = f"back-{number}"
    page = desks.get(f"/import/batches/{number}/taking-back")
    press(desks, page, reason="Salah berkas")
    assert heard[-1] == (200, {"done": 6, "of": 6})
    again = desks.client.post(
        page.request.path, data=hidden_fields(page.text) | {"reason": "Salah berkas"}
    )
    assert again.status_code == 302
