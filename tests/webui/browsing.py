"""A browser at the desks: a filled book behind an address, and who sits there."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from coopbook import deposits, ledger, loans, members, people, savings
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.ledger import Paper, credit, debit
from coopbook.ledger.rules import Channel
from coopbook.money import Money, Rate
from coopbook.people import Role, add_user, approvals
from coopbook.vault import vault_for
from tests.conftest import (
    FIRST_DAY,
    PASSWORD,
    PASSWORD_HASH,
    PEOPLE,
    TODAY,
    as_,
    furnish,
)
from tests.coopbook.meetings.holding import fill_meetings
from tests.webui.filling import fill_counter, fill_members
from tests.webui.filling_backing import fill_backing
from webui.demo.backing import look_into

PHONE, LAPTOP = (360, 740), (1280, 800)
# What the page sends to the printer is counted: the dialogue has no place in a test.
PRINTER = "window.printed = 0; window.print = () => { window.printed += 1 };"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def staff(book: Book) -> None:
    """Enter the people of the desks, and nothing else."""
    for name, roles in PEOPLE.items():
        add_user(
            *(book, name, name.title(), PASSWORD_HASH, roles),
            on=FIRST_DAY,
            hashed=True,
        )


def fill(book: Book) -> None:
    """Enter enough for every desk to have something on it."""
    staff(book)
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="Hibah modal awal",
        lines=[debit(11102, Money(90_000_000)), credit(33002, Money(90_000_000))],
    )
    furnish(book, 1)
    for number in range(30):
        members.admit(book, f"Anggota Dengan Nama Panjang {number}", on=FIRST_DAY)
    add_user(
        *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
        on=FIRST_DAY,
        member_number=1,
        hashed=True,
    )
    siti, product = members.member(book, 1), loans.product(book, "productive")
    for decided in (True, True, False):
        book.actor = "dewi"
        asked = Money(6_000_000)
        loan = loans.apply(
            book, siti, product, asked, term=12, purpose="Warung", on=FIRST_DAY
        )
        look_into(book, loan, FIRST_DAY)
        if decided:
            book.actor = "budi"
            request = approvals.inbox(book)[0]
            approvals.approve(book, request.number, digest=request.digest)
            book.actor = "rina"
            if loan.number == 1:
                loans.disburse(book, loan, on=FIRST_DAY)
                loans.repay(book, loan, Money(400_000), on=TODAY)
    book.actor = "rina"
    for _ in range(60):
        last = savings.deposit(book, savings.account(book, 2), Money(25_000), on=TODAY)
    ledger.reverse(book, last, on=TODAY, reason="Salah anggota")
    book.actor = "yanti"
    ledger.close_month(book, "2026-01")
    ledger.ask_reopen(book, "2026-01", reason="Salah tanggal", on=TODAY)
    book.actor = "budi"
    people.ask_roles(book, "tuti", [Role.TELLER, Role.CREDIT], on=TODAY, days=14)
    book.actor = "tono"
    ledger.post_voucher(
        *(book, "expense", Money(150_000)),
        on=TODAY,
        memo="Listrik Maret",
        debit_account=52008,
        credit_account=11102,
        paper=Paper("nota listrik.png", "image/png", PNG),
    )
    book.actor = "budi"
    fill_meetings(book)
    book.actor = "rina"
    fill_members(book)
    fill_counter(book)
    fill_deposits(book)
    fill_backing(book)


def fill_deposits(book: Book) -> None:
    """Tie money in every state, hold and block savings, post a month's interest."""
    with as_(book, "budi"):
        tiers = [savings.Tier(Money(0), Rate.percent(4, "year"))]
        savings.set_terms(
            *(book, savings.product(book, "voluntary")),
            savings.InterestTerms(savings.Basis.AVERAGE, tiers),
            valid_from=FIRST_DAY,
            source="Rapat anggota",
        )
        for months in (1, 3):
            deposits.set_deposit_terms(
                *(book, months),
                rate=Rate.percent(5, "year"),
                valid_from=FIRST_DAY,
                source="Rapat pengurus",
                kept_percent=50,
                penalty_percent=1,
            )
    siti, own = members.member(book, 1), savings.account(book, 2)
    begun = TODAY.replace(month=2, day=3)
    for months, on in ((1, begun), (3, begun), (3, TODAY)):
        deposits.open_deposit(
            *(book, siti, own, Money(1_000_000)),
            months=months,
            on=on,
            channel=Channel.CASH,
        )
    pledged, early, matured = deposits.deposits_of(book, siti)
    deposits.mature(book, matured, on=TODAY)
    deposits.break_early(book, early, on=TODAY)
    deposits.pledge(book, pledged, note="Menjamin pinjaman 2", on=TODAY)
    savings.hold(
        *(book, own, Money(50_000)),
        why=savings.HoldReason.GUARANTEE,
        note="Menjamin Harun",
        on=TODAY,
    )


@contextmanager
def open_desks(
    filled: Callable[[Book], None] = fill,
    apps: list[Any] | None = None,
    today: date = TODAY,
) -> Iterator[str]:
    """Open desks on a sample book and hand out their address.

    ``apps`` is given the desks themselves, so that another day can begin.
    """
    from waitress import create_server

    from webui import create_app

    folder = Path(tempfile.mkdtemp(prefix="coopbook-browser-"))
    vault, engine = vault_for(folder, make=True), engine_for(folder)
    schema.create(engine)
    about = {"name": "Koperasi Melati", "village": "Desa Contoh", "sample": True}
    with (
        Session(engine) as session,
        founding(
            session,
            number=1,
            first_day=FIRST_DAY,
            actor="setup",
            vault=vault,
            **about,
        ) as book,
    ):
        filled(book)
    engine.dispose()
    app = create_app(folder, today=today)
    if apps is not None:
        apps.append(app)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    closing = threading.Event()

    def serve() -> None:
        try:
            server.run()
        except OSError:  # its sockets were closed while it waited for them
            if not closing.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    closing.set()
    server.close()
    thread.join(5)
    shutil.rmtree(folder, ignore_errors=True)


@cache
def axe_script() -> str:
    """Return axe, which every page of a browser that runs scripts has at hand."""
    from axe_playwright_python.sync_playwright import Axe

    return str(Axe().axe_script)


def follow(page: Any, what: str) -> None:
    """Press a link or a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(what)


def on_paper(page: Any) -> bytes:
    """Return as a PDF what the page has just sent to the printer, once."""
    page.wait_for_function("window.printed")
    assert page.evaluate("window.printed") == 1
    return bytes(page.pdf(prefer_css_page_size=True))


@contextmanager
def sitting(
    chromium: Any,
    address: str,
    name: str,
    *,
    size: tuple[int, int] = LAPTOP,
    language: str = "id",
    scheme: str = "light",
    scripts: bool = True,
) -> Iterator[Any]:
    """Log somebody in and hand out their page."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    if scripts:
        context.add_init_script(PRINTER)
        context.add_init_script(axe_script())
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main .btn:not(.link)")
    other = f"footer button[value={language}]"
    if page.locator(other).count():
        follow(page, other)
    yield page
    context.close()
