"""Six desks at one meeting: each member and motion is counted once, without a gap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coopbook import decisions, meetings
from coopbook.meetings import Matter
from coopbook.verification import verify
from tests.conftest import VAULT, found
from tests.coopbook.meetings.holding import opened, voters

ROOT = Path(__file__).parents[3]
DESKS, MOTIONS, MEMBERS = 6, 12, 30

DESK = """
import sys
from sqlalchemy.orm import Session
import coopbook.tables
from coopbook import meetings, members
from coopbook.book import Book
from coopbook.db.engines import engine_for
from coopbook.errors import Refused
from coopbook.meetings import Choice, Way
from coopbook.vault import Vault

url, cooperative, numbers = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
done = [0, 0, 0]
with Session(engine_for(url)) as session:
    book = Book(session, cooperative, "budi", vault=Vault(bytes(range(32))))
    print("ready", flush=True)
    sys.stdin.readline()

    def attempt(place, act):
        try:
            with book.transaction():
                act(meetings.meeting(book, 1))
            done[place] += 1
        except Refused:
            pass

    for number in map(int, numbers):
        attempt(0, lambda of: meetings.attend(book, of, members.member(book, number)))
    for number in map(int, numbers):
        attempt(1, lambda of: meetings.cast(
            book, meetings.motion(book, of, 1), members.member(book, number), Choice.FOR
        ))
    for number in range(2, int(sys.argv[4]) + 1):
        attempt(2, lambda of: meetings.decide(
            book, meetings.motion(book, of, number), way=Way.CONSENSUS
        ))
print(*done)
"""


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_six_desks_count_everybody_and_everything_once(name, request):
    engine = request.getfixturevalue(f"{name}_engine")
    coop = found(engine)
    with coop.open("budi") as book:
        numbers = [1, *(one.number for one in voters(book, MEMBERS - 1))]
        meeting = opened(book)
        for number in range(1, MOTIONS + 1):
            meetings.put_motion(
                book, meeting, matter=Matter.ORDINARY, title=f"{number}", text="x"
            )
    told = ",".join(map(str, numbers))
    url = engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", DESK, url, str(coop.number), told, str(MOTIONS)]
    desks = [
        subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(DESKS)
    ]
    for each in desks:
        assert each.stdout.readline() == "ready\n"
    for each in desks:
        each.stdin.write("go\n")
        each.stdin.flush()
    done = [tuple(map(int, each.communicate(timeout=120)[0].split())) for each in desks]

    assert [sum(column) for column in zip(*done, strict=True)] == [
        *(MEMBERS, MEMBERS, MOTIONS - 1)
    ]
    with coop.read() as book:
        assert meetings.present(book, 1) == MEMBERS
        labels = [one.label for one in reversed(decisions.decisions(book, limit=99))]
        assert labels == [f"RA-2026-{number:03d}" for number in range(1, MOTIONS)]
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [one for one in checks if not one.in_order] == []
