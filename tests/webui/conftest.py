"""The desks of a cooperative and its twin, asked as a browser asks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD, TODAY, VAULT, Coop, found
from webui import create_app

HIDDEN = re.compile(r"<input[^>]*>")


def attributes(tag: str) -> dict[str, str]:
    return {n: unescape(v) for n, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}


def hidden_fields(html: str) -> dict[str, str]:
    """Return what the forms of a page carry unseen."""
    main = html.split("<main", 1)[-1].split("</main>", 1)[0]
    found_ = [attributes(tag) for tag in HIDDEN.findall(main)]
    return {
        one["name"]: one.get("value", "")
        for one in found_
        if one.get("type") == "hidden" and "name" in one
    }


@dataclass
class Desks:
    """An app, a cooperative in it, and one person's browser."""

    app: Flask
    coop: Coop
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def log_in(self, name: str, coop: Coop | None = None) -> TestResponse:
        self.client = self.app.test_client()
        return self.client.post(
            "/login",
            data={
                "cooperative": (coop or self.coop).number,
                "name": name,
                "password": PASSWORD,
            },
        )

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.get(path, **kwargs)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return unescape(answer.text).replace("\u00a0", " ")

    def send(self, path: str, **data: Any) -> TestResponse:
        """Open a form, fill it in, and send it once."""
        unseen = hidden_fields(self.get(path).text)
        return self.client.post(path, data=unseen | data)

    def post(self, path: str, **data: Any) -> TestResponse:
        """Open a form, check it, and post what the preview showed."""
        checked = self.send(path, **data)
        assert checked.status_code == 200, plain(checked)
        return self.client.post(path, data=hidden_fields(checked.text) | data)


def plain(answer: TestResponse) -> str:
    """Return a page as a reader reads it."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return " ".join(unescape(text).replace("\u00a0", " ").split())


APPS: dict[str, Flask] = {}


def app_on(engine: Engine) -> Flask:
    url = engine.url.render_as_string(hide_password=False)
    if url not in APPS:
        APPS[url] = create_app(
            url,
            secret_key="only for tests",
            today=TODAY,
            testing=True,
            WTF_CSRF_ENABLED=False,
            VAULT=VAULT,
        )
    return APPS[url]


@pytest.fixture
def desks(coop: Coop) -> Iterator[Desks]:
    """The desks of a fresh cooperative, whose twin has ten times the money."""
    yield Desks(app_on(coop.engine), coop)


LATER = date(2027, 3, 22)


@pytest.fixture
def later(desks: Desks) -> Iterator[Desks]:
    """The desks on a day after the year of the tests."""
    desks.app.config["TODAY"] = LATER
    yield desks
    desks.app.config["TODAY"] = TODAY


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of desks that are open on a filled sample book."""
    from tests.webui.browsing import open_desks

    with open_desks() as opened:
        yield opened


@pytest.fixture
def twin(coop: Coop) -> Coop:
    """Another cooperative of the same database, with the same numbers."""
    return found(coop.engine, 10)
