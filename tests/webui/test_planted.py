"""Personal numbers are planted everywhere and looked for everywhere.

No NIK, family card, telephone or passport number may stand in an address, a title,
a log, an export, the page of somebody it is not for, or in the bytes of the files.
"""

from __future__ import annotations

import io
import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from coopbook import members, proxies, settlement
from coopbook.book import Book
from coopbook.cli import main
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.members import MemberStatus, Relation
from coopbook.people import Role, add_user
from coopbook.proxies import ProxyKind
from coopbook.settlement import Heir
from coopbook.vault import vault_for
from tests.conftest import FIRST_DAY, PASSWORD, PASSWORD_HASH, TODAY
from tests.webui.browsing import fill
from tests.webui.conftest import hidden_fields
from tests.webui.test_crawl import kind_of
from webui import create_app

PLANTED = {
    "nik": "3212165512870007",
    "family card": "3212160909090909",
    "phone": "+628138877665",
    "passport": "X7654321",
    "heir": "3212164503120003",
    "heir's phone": "+628571234999",
    "proxy": "3212160707700005",
    "proxy's phone": "+628190001112",
    "payee": "3212161111110011",
}
WRITTEN = {name: number.lstrip("+") for name, number in PLANTED.items()}
CORRECTS = {"rina", "budi", "dewi"}
"""Who may correct the register sees its numbers there, and the telephone to call."""
ALLOWED = {
    re.compile(r"^/members/\d+/correction$"): set(PLANTED),
    re.compile(r"^/members/\d+/person$"): {"phone"},
    re.compile(r"^/collecting/loans/\d+/reminder(\?|$)"): {"phone"},
}


def plant(book: Book) -> None:
    """Give Siti, her heir, her proxy and a leaver's heir their numbers."""
    fill(book)
    book.actor = "rina"
    siti = members.member(book, 1)
    members.correct(
        *(book, siti),
        national_id=PLANTED["nik"],
        family_card_no=PLANTED["family card"],
        phone=PLANTED["phone"],
        passport_no=PLANTED["passport"],
    )
    members.add_beneficiary(
        *(book, siti, "Budi"),
        relation=Relation.CHILD,
        share=30,
        on=TODAY,
        national_id=PLANTED["heir"],
        phone=PLANTED["heir's phone"],
    )
    proxies.enter_proxy(
        *(book, siti, "Harun"),
        kind=ProxyKind.POWER,
        relation=Relation.SPOUSE,
        accounts=[2],
        on=TODAY,
        valid_until=date(2026, 12, 31),
        national_id=PLANTED["proxy"],
        phone=PLANTED["proxy's phone"],
    )
    from coopbook import savings
    from coopbook.money import Money

    gone = members.member(book, 5)
    share = savings.open_account(book, gone, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=TODAY)
    row = settlement.begin(book, gone, MemberStatus.DECEASED, on=TODAY, reason="wafat")
    heir = Heir("Ani", Money(100_000), Relation.CHILD, "akta", PLANTED["payee"])
    settlement.settle(book, row, on=TODAY, set_off=True, heirs=[heir])
    add_user(
        *(book, "ani", "Ani Lestari", PASSWORD_HASH, [Role.MEMBER]),
        on=FIRST_DAY,
        member_number=2,
        hashed=True,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of its own, full of planted numbers."""
    folder = tmp_path_factory.mktemp("planted")
    vault, engine = vault_for(folder, make=True), engine_for(folder)
    schema.create(engine)
    about = {"name": "Melati", "first_day": FIRST_DAY, "actor": "setup"}
    with (
        Session(engine) as session,
        founding(session, number=1, vault=vault, **about) as book,
    ):
        plant(book)
    engine.dispose()
    return folder


@pytest.fixture(scope="module")
def app(place: Path) -> Flask:
    return create_app(place, today=TODAY, testing=True, WTF_CSRF_ENABLED=False)


def sitting(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"cooperative": 1, "name": name, "password": PASSWORD})
    return client


def pages(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Follow every kind of link from the start; hand out addresses and pages."""
    waiting, seen, kinds = ["/", "/menu", "/members/1", "/members/5"], set(), {}
    while waiting:
        path = waiting.pop()
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype != "text/html":
            yield path, answer.get_data(as_text=False).decode("latin-1")
            continue
        yield path, answer.text
        for link in re.findall(r'(?:href|action)="(/[^"#]*)"', answer.text):
            link = link.replace("&amp;", "&")
            kind = kind_of(link)
            if link not in seen and kinds.get(kind, 0) < 2 and "static" not in link:
                seen.add(link)
                kinds[kind] = kinds.get(kind, 0) + 1
                waiting.append(link)


def found_in(text: str) -> list[str]:
    """Return which planted numbers stand in a text, as written or with blanks."""
    plain = re.sub(r"[\s.\-]", "", text)
    return [name for name, number in WRITTEN.items() if number in plain]


@pytest.mark.parametrize(
    "name",
    [*("rina", "budi", "dewi", "tono", "yanti", "sari", "agus"), "siti", "ani"],
)
def test_nobody_reads_numbers_that_are_not_for_them(
    app: Flask, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, count, wrong = sitting(app, name), 0, []
    for path, text in pages(client):
        count += 1
        may_see = set()
        for allowed, numbers in ALLOWED.items():
            serves = name in CORRECTS or (name == "tono" and numbers == {"phone"})
            if serves and allowed.match(path):
                may_see |= numbers
        title = re.findall(r"<title>(.*?)</title>", text, re.S)
        wrong += [(path, "address", one) for one in found_in(path)]
        wrong += [(path, "title", one) for one in found_in(" ".join(title))]
        wrong += [(path, "page", one) for one in found_in(text) if one not in may_see]
    assert wrong == []
    assert count >= 4
    assert found_in(caplog.text) == []


def test_finding_and_correcting_leaves_no_number_in_addresses_and_logs(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = sitting(app, "rina")
    answers = [
        client.post("/members/search", data={"q": number})
        for number in PLANTED.values()
    ]
    assert answers[0].location == "/members/1", "found by the NIK, whole"
    form = hidden_fields(client.get("/members/new").text)
    twice = client.post(
        "/members/new",
        data=form
        | {
            "name": "Siti Aminah",
            "national_id": PLANTED["nik"],
            "family_card_no": PLANTED["family card"],
            "phone": PLANTED["phone"],
            "on": "16/03/2026",
        },
    )
    told = client.get(twice.location or "/").text

    assert [found_in(a.headers.get("Location") or "") for a in answers] == [[]] * 9
    assert found_in(twice.headers.get("Location") or "") == []
    assert found_in(told) == []
    assert found_in(caplog.text) == []


def test_no_export_carries_a_number(
    app: Flask, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("agus", "sari", "budi", "rina"):
        client = sitting(app, name)
        for path, text in pages(client):
            if text.startswith("PK"):
                inside = zipfile.ZipFile(io.BytesIO(text.encode("latin-1")))
                for member in inside.namelist():
                    said = inside.read(member).decode("utf-8", "replace")
                    assert found_in(said) == [], (path, member)
    for form in ("csv", "hledger", "ledger", "beancount"):
        target = tmp_path / form
        with pytest.raises(SystemExit) as ended:
            main(["--book", str(place), "export", form, str(target)])
        assert not ended.value.code
        files = [one for one in target.rglob("*") if one.is_file()]
        assert files
        for file in files:
            assert found_in(file.read_text(encoding="utf-8")) == [], file
    with pytest.raises(SystemExit):
        main(["--book", str(place), "member", "list"])
    assert found_in(capsys.readouterr().out) == []


def test_the_files_and_a_copy_hold_no_number(place: Path, tmp_path: Path) -> None:
    raw = sqlite3.connect(place / "book.db")
    raw.execute("VACUUM INTO ?", (str(tmp_path / "vacuumed.db"),))
    copy = sqlite3.connect(tmp_path / "copied.db")
    raw.backup(copy)
    copy.close()
    raw.close()
    files = [*place.rglob("*"), *tmp_path.rglob("*")]
    looked = 0
    for file in files:
        if not file.is_file():
            continue
        content, looked = file.read_bytes(), looked + 1
        for name, number in WRITTEN.items():
            local = re.sub(r"^62", "0", number)
            for said in {number, local}:
                assert said.encode() not in content, (file.name, name)
                assert said.encode("utf-16-le") not in content, (file.name, name)
    assert looked >= 4
