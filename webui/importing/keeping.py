"""The file somebody chose and what they said of it, kept until it is posted."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import abort
from flask_login import current_user

from coopbook.importing import Answers, Kind, Preview, preview
from webui.desk import current_book, desk_store, today
from webui.deskstore import Parked

SAID = "application/json"
KINDS = frozenset(kind.value for kind in Kind)
Asked = Mapping[str, tuple[str, str]]
"""By the key of a question: what was asked, and what was answered, to be told."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that waits to be posted, and how a person wants it read.

    ``mapping`` is the name of the mapping it is read by, if one was chosen.
    """

    key: str
    name: str
    kind: Kind
    content: bytes
    answers: Answers = field(default_factory=Answers)
    asked: Asked = field(default_factory=dict)
    mapping: str = ""

    def looked(self) -> Preview:
        """Return what the file says and would do, as it is read now."""
        return preview(
            current_book,
            self.kind,
            self.content,
            today=today(),
            answers=self.answers,
        )


def new_file_key() -> str:
    """Return a key under which a file is kept."""
    return secrets.token_urlsafe(12)


def keep(file: Chosen) -> None:
    """Keep a file and everything said of it, at most a day."""
    store, me = desk_store(), current_user.get_id()
    store.park(file.key, me, Parked(file.name, file.kind.value, file.content))
    keep_said(file)


def keep_said(file: Chosen) -> None:
    """Keep what was said of a file that is kept already."""
    said = {"answers": file.answers.to_json(), "asked": dict(file.asked)}
    desk_store().park(
        f"{file.key}:said",
        current_user.get_id(),
        Parked(file.mapping, SAID, json.dumps(said).encode()),
    )


def chosen(key: str) -> Chosen:
    """Return a file to the person who chose it; 404 to everybody else."""
    store, me = desk_store(), current_user.get_id()
    file, said = store.fetch(key, me), store.fetch(f"{key}:said", me)
    if file is None or file.media_type not in KINDS:
        abort(404)
    if said is None:
        return Chosen(key, file.name, Kind(file.media_type), file.content)
    kept = json.loads(said.content)
    return Chosen(
        *(key, file.name, Kind(file.media_type), file.content),
        Answers.from_json(kept["answers"]),
        {name: (ask, answer) for name, (ask, answer) in kept["asked"].items()},
        said.name,
    )
