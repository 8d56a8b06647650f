"""Note which pages an auditor opens, so that others can see what was looked at."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Response, request

from coopbook.people import Role
from webui.audit import bp
from webui.desk import cooperative, desk_store, person
from webui.deskstore import Sitting

LONGEST = 200
DAYS = ("first", "last", "since", "until", "on")
DAY = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}")
SEED = 60
"""What is noted of a question: its days and the seed of a draw, never other words."""
UNNOTED = ("static", "account.language", "account.logout", "audit.opened")


@bp.after_app_request
def note(answer: Response) -> Response:
    """Note the address of an answer that an auditor got."""
    if request.endpoint in (None, *UNNOTED) or answer.status_code != 200:
        return answer
    who = person()
    if who is None or Role.AUDITOR not in who.roles:
        return answer
    sitting = Sitting(cooperative().id, who.name)
    desk_store().note_visit(sitting, opened()[:LONGEST])
    return answer


def opened() -> str:
    """Return the address without what may name somebody.

    Two files of different times, and two draws by different seeds, look different.
    """
    asked = {name: request.args.get(name, "").strip() for name in DAYS}
    noted = {name: said for name, said in asked.items() if DAY.fullmatch(said)}
    if request.blueprint == "audit" and "seed" in request.args:
        noted["seed"] = request.args["seed"][:SEED]
    return f"{request.path}?{urlencode(noted, safe='/')}" if noted else request.path
