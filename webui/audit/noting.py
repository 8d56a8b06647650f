"""Note which pages an auditor opens, so that others can see what was looked at."""

from __future__ import annotations

from flask import Response, request

from coopbook.people import Role
from webui.audit import bp
from webui.desk import cooperative, desk_store, person
from webui.deskstore import Sitting

LONGEST = 120
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
    desk_store().note_visit(sitting, request.path[:LONGEST])
    return answer
