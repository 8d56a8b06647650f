"""Times that make no sense, and days at the edge of the calendar, stop no desk."""

from __future__ import annotations

import pytest

from coopbook.ledger import chart
from tests.webui.conftest import Desks, plain
from tests.webui.test_annual import year
from tests.webui.test_counter_savings import in_english

TURNED = "first=01/03/2026&last=01/02/2026"
EDGES = ("0001-01-01", "01/01/0001", "9999-12-31", "1899-12-31", "1900-01-01")
EDGES += ("2999-12-31", "abc", "0000-00-00")
OF_A_TIME = [
    *(f"/year/2026/statements/{what}" for what in ("position", "surplus", "equity")),
    *("/year/2026/statements/cash", "/year/2026/statements.xlsx"),
    *("/year/2026/statements.csv", "/year/2026/statements.pdf"),
    "/year/2026/behind/cash/other_in",
    *("/year/2026/behind/position/cash", "/year/2026/behind/surplus/general"),
    "/books/journal",
]
OF_A_DAY = {
    "since": ("/audit/changes", "/audit/tests", "/audit/tests/back_dated"),
    "until": ("/audit/tests", "/audit/tests.pdf"),
    "on": ("/audit/letters", "/books/trial-balance", "/arrears", "/owned/assets"),
    "before": (f"/books/accounts/{chart.BANK}/statement", "/books/journal"),
}


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_a_file_is_refused_where_the_page_is(later: Desks, kind: str) -> None:
    year(later.coop)
    in_english(later, "yanti")
    page = later.get(f"/year/2026/statements/equity?{TURNED}")
    assert page.status_code == 422
    assert "Write the earlier day first." in plain(page)
    turned = later.get(f"/year/2026/statements.{kind}?{TURNED}")
    assert turned.status_code == 422
    assert "Write the earlier day first." in plain(turned)
    assert "Content-Disposition" not in turned.headers
    wrong = later.get(f"/year/2026/statements.{kind}?first=abc")
    assert wrong.status_code == 422
    assert "Write the date like" in plain(wrong)
    assert later.get(f"/year/2026/statements.{kind}").status_code == 200


def test_days_at_the_edge_of_the_calendar_are_answered(later: Desks) -> None:
    in_english(later, "agus")
    for day in EDGES:
        for path in OF_A_TIME:
            for asked in (f"first={day}&last={day}", f"first={day}", f"last={day}"):
                found = later.get(f"{path}?{asked}")
                assert found.status_code in (200, 422), (path, asked)
        for name, paths in OF_A_DAY.items():
            for path in paths:
                found = later.get(f"{path}?{name}={day}")
                assert found.status_code in (200, 404, 422), (path, name, day)
    early = "first=1900-01-01&last=1900-12-31"
    assert later.get(f"/year/2026/statements/cash?{early}").status_code == 200
    page = later.get("/year/2026/statements/position?first=0001-01-01&last=0001-01-05")
    assert page.status_code == 422
    assert "Choose a day from 1900 to 2999." in plain(page)
    for path in ("/audit/changes", "/audit/tests", "/audit/tests/back_dated"):
        assert later.get(f"{path}?since=0001-01-01").status_code in (404, 422)
