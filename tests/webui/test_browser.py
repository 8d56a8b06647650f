"""The main paths in a real browser: phone and laptop, with scripts and without."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.webui.browsing import LAPTOP, PHONE, follow, on_paper, sitting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_deposit_is_made_printed_and_reversed(
    chromium: Any, address: str, scripts: bool, size: tuple[int, int]
) -> None:
    with sitting(
        chromium, address, "rina", size=size, language="en", scripts=scripts
    ) as page:
        page.fill("#who", "1")
        follow(page, "main .acts .btn")
        follow(page, "main .results a >> nth=0")
        page.fill("#amount", "250.000")
        if scripts:
            page.locator("#amount-words", has_text="two hundred").wait_for()
        follow(page, "main .acts .btn >> nth=0")
        assert "two hundred and fifty thousand" in page.inner_text("main")
        follow(page, "main .acts .btn >> nth=0")
        assert "/receipts/" in page.url
        assert "250.000" in page.inner_text("article")
        follow(page, "main .btn.stop")
        page.fill("#reason", "Wrong member")
        follow(page, "main .acts .btn >> nth=0")
        follow(page, "main .acts .btn >> nth=0")
        assert "/books/vouchers/" in page.url
        assert "Wrong member" in page.inner_text("main")


def test_the_keyboard_finds_a_member_and_changes_what_is_done(
    chromium: Any, address: str
) -> None:
    with sitting(chromium, address, "rina") as page:
        page.goto(f"{address}/members")
        page.keyboard.press("/")
        page.keyboard.type("siti")
        page.wait_for_selector(".found a")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/members/1")
        page.goto(f"{address}/counter/1/deposit")
        page.keyboard.press("F3")
        page.wait_for_url("**/counter/1/withdrawal")
        page.keyboard.press("F4")
        page.wait_for_url("**/counter/1/installment")


def test_a_receipt_prints_on_a_narrow_roll(chromium: Any, address: str) -> None:
    with sitting(chromium, address, "rina") as page:
        page.goto(f"{address}/counter")
        follow(page, "main .ledger a[href*='/receipts/'] >> nth=0")
        follow(page, "text=58 mm")
        follow(page, "main .acts form button")
        paper = on_paper(page)
    boxes = re.findall(rb"/MediaBox \[[\d. ]+ ([\d.]+) ([\d.]+)\]", paper)
    assert len(boxes) == 1
    assert abs(float(boxes[0][0]) - 58 / 25.4 * 72) < 2
