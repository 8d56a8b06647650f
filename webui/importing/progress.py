"""How far a long import is, for the page that waits for it.

One process serves the desks, so what it knows of its own work is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from flask import Response, jsonify
from flask_login import current_user

from coopbook.ledger.bulk import Told
from webui.importing import bp

FAR: dict[tuple[str, str], tuple[int, int]] = {}
"""By person and what is done: how many entries are written, and of how many."""


@contextmanager
def heard(key: str) -> Iterator[Told]:
    """Hand out whom to tell how far something is, until it is done."""
    of_me = (str(current_user.get_id()), key)

    def note(done: int, of: int) -> None:
        FAR[of_me] = (done, of)

    try:
        yield note
    finally:
        FAR.pop(of_me, None)


def telling(service: Callable[..., object], told: Told) -> Callable[..., object]:
    """Return a service that tells how far it is; to ``once`` it is the same one."""

    @wraps(service)
    def act(*args: object, **kwargs: object) -> object:
        return service(*args, told=told, **kwargs)

    return act


@bp.get("/import/progress/<key>")
def far(key: str) -> Response:
    """Say how far one's own import is; nothing while nothing is being written."""
    found = FAR.get((str(current_user.get_id()), key))
    if found is None:
        return Response(status=204)
    done, of = found
    return jsonify(done=done, of=of)
