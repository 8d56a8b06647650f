"""Note which pages an auditor opens, so that others can see what was looked at."""

from __future__ import annotations

import re
from html import unescape

from flask import Response, request

from coopbook.people import Role
from webui.audit import bp
from webui.desk import cooperative, desk_store, person
from webui.deskstore import Sitting

TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
LONGEST = 120
UNNOTED = ("static", "account.language", "account.logout", "audit.opened")


@bp.after_app_request
def note(answer: Response) -> Response:
    """Note an answer that an auditor got: its path and what the page is called."""
    if request.endpoint in (None, *UNNOTED) or answer.status_code != 200:
        return answer
    who = person()
    if who is None or Role.AUDITOR not in who.roles:
        return answer
    desk_store().note_visit(
        Sitting(cooperative().id, who.name), request.path[:LONGEST], _title(answer)
    )
    return answer


def _title(answer: Response) -> str:
    """Return what a page or a file is called."""
    if answer.mimetype == "text/html" and not answer.is_streamed:
        found = TITLE.search(answer.get_data()[:2_000])
        words = unescape(found[1].decode()) if found else ""
        tidy = " ".join(words.split())
        return (tidy.rpartition(" · ")[0] or tidy)[:LONGEST]
    disposition = answer.headers.get("Content-Disposition", "")
    return disposition.partition("filename=")[2].strip('"')[:LONGEST]
