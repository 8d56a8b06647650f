"""Under which names the desks answer, and what their small database forgets."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from tests.conftest import TODAY, VAULT
from webui import create_app
from webui.cli import hosts_of
from webui.deskstore import DAY, FORGET_AFTER, WINDOW, DeskStore, Parked
from webui.desktables import attempt, parked, session

NOW = 1_700_000_000


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 302),
        ("localhost:8000", 302),
        ("192.168.1.7:8000", 302),
        ("kasir.local", 302),
        ("evil.example", 400),
        ("evil.example:8000", 400),
        ("localhost.evil.example", 400),
        ("192.168.1.8", 400),
        ("a b", 400),
    ],
)
@pytest.mark.parametrize("path", ["/", "/counter", "/nowhere"])
def test_the_desks_answer_to_their_own_names_only(
    sqlite_engine: Engine, tmp_path, host: str, status: int, path: str
) -> None:
    app = create_app(
        sqlite_engine.url.render_as_string(),
        f"sqlite:///{tmp_path / 'desk.db'}",
        secret_key="t",
        today=TODAY,
        VAULT=VAULT,
        TRUSTED_HOSTS=hosts_of("192.168.1.7", ["kasir.local"]),
    )
    answer = app.test_client().get(path, headers={"Host": host})
    expected = 404 if path == "/nowhere" and status == 302 else status
    assert answer.status_code == expected
    assert "evil.example" not in answer.headers.get("Location", "")
    assert "Traceback" not in answer.text


def test_who_listens_everywhere_answers_to_the_names_of_the_machine() -> None:
    import socket

    assert socket.gethostname() in hosts_of("0.0.0.0")
    assert "[fe80::1]" in hosts_of("fe80::1")
    assert hosts_of("127.0.0.1") == ["127.0.0.1", "localhost", "[::1]", "127.0.0.1"]


@pytest.fixture
def store(engine: Engine, tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    if engine.dialect.name == "postgresql":
        url = engine.url.render_as_string(hide_password=False)
    made = DeskStore(url)
    made.at = NOW
    made.now = lambda: made.at
    yield made
    made.engine.dispose()


def rows(store: DeskStore, table, of) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table).where(of))


def test_old_sessions_are_forgotten(store) -> None:
    mine = session.c.cooperative_id == 10**9
    ended = store.sit_down(10**9, "rina", idle=900)
    store.sit_down(10**9, "tuti", idle=900)
    store.stand_up(ended)
    store.tidy()
    assert rows(store, session, mine) == 2

    store.at += DAY + 1
    store.sit_down(10**9, "budi", idle=900)
    assert rows(store, session, mine) == 2
    store.at += 2 * DAY
    store.tidy()
    assert rows(store, session, mine) == 0


def test_old_tries_are_forgotten_and_locks_are_not(store) -> None:
    once, locked = "account:1000000000:a", "account:1000000000:b"
    mine = attempt.c.subject.in_([once, locked])
    store.count_wrong(once, allowed=5)
    for _ in range(10):
        for _try in range(5):
            store.count_wrong(locked, allowed=5)
        store.at = max(store.at, store.locked_until(locked)) + WINDOW
    assert rows(store, attempt, mine) == 2 or store.at - NOW > FORGET_AFTER

    for _try in range(5):
        store.count_wrong(locked, allowed=5)
    store.tidy()
    assert store.locked_until(locked)
    store.at += FORGET_AFTER + 2 * DAY
    store.tidy()
    assert rows(store, attempt, mine) == 0


def test_parked_papers_are_forgotten_after_a_day(store) -> None:
    store.park("k-test", "1:rina", Parked("nota.png", "image/png", b"x"))
    store.park("k-test", "1:rina", Parked("lain.png", "image/png", b"y"))
    assert store.fetch("k-test", "1:rina").content == b"y"
    assert store.fetch("k-test", "1:tuti") is None
    store.at += DAY + 1
    store.tidy()
    assert rows(store, parked, parked.c.key == "k-test") == 0


def test_wrong_tries_at_the_same_moment_all_count(store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    subject = "account:1000000001:x"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.count_wrong(subject, allowed=99), range(40)))
    with store.engine.connect() as connection:
        wrong = select(attempt.c.wrong).where(attempt.c.subject == subject)
        assert connection.scalar(wrong) == 40
