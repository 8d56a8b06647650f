"""People entered and changed as a shell would do it."""

from __future__ import annotations

import json

from coopbook.cli.people import ROLES
from coopbook.people import Role

from .conftest import Run


def listed(run: Run) -> dict[str, tuple[str, str]]:
    rows = json.loads(run("person", "list", "--format", "json").out)["rows"]
    return {row["name"]: (row["roles"], row["state"]) for row in rows}


def test_the_words_of_the_command_are_the_roles_of_the_book() -> None:
    assert set(ROLES) == {role.value for role in Role}


def test_a_person_is_entered_with_a_password_said_once(run: Run) -> None:
    answer = run("person", "add", "joko", "Joko Susilo", "--role", "teller")

    assert answer.status == 0, answer.err
    assert len(answer.out.split()[-1]) >= 10
    assert listed(run)["joko"] == ("teller", "logs in")


def test_the_managers_office_and_every_change_wait_for_a_second_person(
    run: Run,
) -> None:
    run("person", "add", "sari", "Sari", "--role", "supervisor")
    answer = run("person", "add", "joko", "Joko", "--role", "manager")
    assert "Request 1 waits" in answer.out
    assert listed(run)["joko"][0] == ""
    changed = run("person", "roles", "sari", "--role", "teller")
    assert "Request 2 waits" in changed.out
    rows = json.loads(run("approval", "list", "--format", "json").out)["rows"]
    digest = next(row["digest"] for row in rows if row["number"] == 1)

    assert run("approval", "approve", "1", digest).status == 1
    assert run("--as", "sari", "approval", "approve", "1", digest).status == 0
    assert listed(run)["joko"][0] == "manager"


def test_a_person_is_disabled_and_the_last_manager_is_not(run: Run) -> None:
    run("person", "add", "joko", "Joko", "--role", "teller")
    assert run("person", "password", "joko").status == 0
    assert run("person", "disable", "joko").status == 0
    assert run("person", "disable", "budi").status == 1

    assert listed(run)["joko"][1] == "disabled"
    assert listed(run)["budi"][1] == "logs in"


def test_only_a_manager_enters_people(run: Run) -> None:
    run("person", "add", "joko", "Joko", "--role", "teller")
    answer = run("--as", "joko", "person", "add", "eko", "Eko", "--role", "teller")
    assert answer.status == 1
