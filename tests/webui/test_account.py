"""The door: who gets in, who is kept out, and for how long."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from tests.conftest import PASSWORD, TODAY, VAULT
from tests.webui.conftest import Desks, hidden_fields, plain
from webui import create_app
from webui.deskstore import DeskStore


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 1_700_000_000

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock(desks: Desks) -> Clock:
    hand, store = Clock(), desks.app.extensions["desk_store"]
    before, store.now = store.now, hand
    yield hand
    store.now = before


def wrong(desks: Desks, name: str, times: int, address: str = "10.0.0.1") -> str:
    for _ in range(times):
        answer = desks.app.test_client().post(
            "/login",
            data={"cooperative": desks.coop.number, "name": name, "password": "no"},
            environ_base={"REMOTE_ADDR": address},
        )
    return plain(answer)


def test_the_right_password_opens_the_desk(desks: Desks) -> None:
    answer = desks.log_in("rina")

    assert answer.status_code == 302
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert desks.get("/counter").status_code == 200


def test_an_unknown_name_reads_like_a_wrong_password(desks: Desks) -> None:
    assert wrong(desks, "rina", 1, "10.0.1.1") == wrong(
        desks, "nobody", 1, "10.0.1.1"
    ).replace("nobody", "rina")


def test_five_wrong_tries_lock_the_account_and_longer_each_time(
    desks: Desks, clock: Clock
) -> None:
    wrong(desks, "tuti", 5, "10.0.2.1")
    assert desks.log_in("tuti").status_code == 422
    assert desks.log_in("rina").status_code == 302

    clock.at += 15 * 60 + 1
    wrong(desks, "tuti", 5, "10.0.2.1")
    clock.at += 15 * 60 + 1
    assert desks.log_in("tuti").status_code == 422
    clock.at += 15 * 60
    assert desks.log_in("tuti").status_code == 302


def test_a_name_nobody_has_is_locked_just_the_same(desks: Desks) -> None:
    known = wrong(desks, "agus", 6, "10.0.3.1")
    unknown = wrong(desks, "nobody", 6, "10.0.3.2")
    clock = re.compile(r"\d\d[.:]\d\d")
    assert clock.sub("", known) == clock.sub("", unknown.replace("nobody", "agus"))


def test_thirty_wrong_tries_lock_an_address(desks: Desks) -> None:
    for number in range(30):
        wrong(desks, f"guess{number}", 1, "10.0.4.1")

    answer = desks.app.test_client().post(
        "/login",
        data={"cooperative": desks.coop.number, "name": "rina", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.0.4.1"},
    )
    assert answer.status_code == 422


def test_logging_out_kills_the_token(desks: Desks) -> None:
    desks.log_in("rina")
    token = desks.client.get_cookie("cb")
    assert token is not None
    desks.client.post("/logout")

    desks.client.set_cookie("cb", token.value)
    assert desks.get("/counter").status_code == 302


def test_a_desk_left_alone_closes(desks: Desks, clock: Clock) -> None:
    desks.log_in("rina")
    clock.at += 14 * 60
    assert desks.get("/counter").status_code == 200
    clock.at += 14 * 60
    assert desks.get("/counter").status_code == 200
    clock.at += 15 * 60 + 1
    assert desks.get("/counter").status_code == 302


def test_no_session_outlives_a_working_day(desks: Desks, clock: Clock) -> None:
    desks.log_in("rina")
    for _ in range(60):
        clock.at += 8 * 60
        desks.get("/counter")
    clock.at += 60
    assert desks.get("/counter").status_code == 302


def test_a_disabled_person_is_out_at_once(desks: Desks) -> None:
    from coopbook.people import disable

    desks.log_in("tuti")
    with desks.coop.open("budi") as book:
        disable(book, "tuti")

    assert desks.get("/counter").status_code == 302


def test_a_new_password_ends_the_other_sessions(desks: Desks) -> None:
    desks.log_in("tuti")
    other = desks.client
    desks.log_in("tuti")
    new = "tiga kata baru"
    answer = desks.send("/password", old=PASSWORD, password=new, again=new)

    assert answer.status_code == 302
    assert desks.get("/counter").status_code == 200
    assert other.get("/counter").status_code == 302


def test_lock_outs_survive_a_restart(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    for _ in range(5):
        DeskStore(url).count_wrong("account:1:rina", allowed=5)
    assert DeskStore(url).locked_until("account:1:rina")


def test_the_token_is_kept_as_a_hash_only(tmp_path) -> None:
    store = DeskStore(f"sqlite:///{tmp_path / 'desk.db'}")
    token = store.sit_down(1, "rina", idle=60)
    store.engine.dispose()
    assert token.encode() not in (tmp_path / "desk.db").read_bytes()


def test_a_form_without_its_token_is_refused(sqlite_engine: Engine, tmp_path) -> None:
    app = create_app(
        sqlite_engine.url.render_as_string(),
        f"sqlite:///{tmp_path / 'desk.db'}",
        secret_key="t",
        today=TODAY,
        testing=True,
        VAULT=VAULT,
    )
    client = app.test_client()
    assert client.post("/login", data={"name": "rina"}).status_code == 400
    unseen = hidden_fields(client.get("/login").text)
    assert unseen["csrf_token"]
    assert client.post("/login", data=unseen | {"name": "x"}).status_code == 422


def test_nobody_is_sent_to_another_site_after_log_in(desks: Desks) -> None:
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        desks.client = desks.app.test_client()
        answer = desks.client.post(
            "/login",
            data={
                "cooperative": desks.coop.number,
                "name": "rina",
                "password": PASSWORD,
                "back": back,
            },
        )
        assert answer.headers["Location"] == "/"


def test_every_page_carries_the_headers_that_keep_it_safe(desks: Desks) -> None:
    headers = desks.get("/login").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
