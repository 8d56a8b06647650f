"""Calm pages for what cannot be shown: what happened, and what to do now."""

from __future__ import annotations

from flask import Flask, Response, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from coopbook.errors import Conflict, CoopbookError, Inconsistent, Missing, Refused
from webui.wording import tell


def sentences(code: int) -> tuple[str, str]:
    """Return the title and the advice for a status."""
    return {
        400: (
            _("That could not be read"),
            _("Go back, open the page afresh and try again. Nothing was posted."),
        ),
        401: (_("Please log in"), _("You were away for a while.")),
        403: (
            _("This desk is not yours"),
            _("Ask the manager if it should be. Nothing was changed."),
        ),
        404: (
            _("That is not in this book"),
            _("Check the number on the paper, or look for it from the start."),
        ),
        405: (_("This page is opened in another way"), _("Start from your desk.")),
        409: (
            _("Somebody came first"),
            _("Look again before repeating it: it may be done already."),
        ),
        413: (
            _("That file is too large"),
            _(
                "Choose a smaller one: 2 MB for a document, 10 MB for an import. A "
                "longer list of savings comes in with the command coopbook import."
            ),
        ),
        422: (_("The book refuses this"), ""),
        429: (_("Too many tries"), _("Wait a little and try again.")),
    }.get(
        code,
        (
            _("The desk has stopped"),
            _(
                "Nothing half was posted. Open the page again; if it stops again, call "
                "the person who looks after the book."
            ),
        ),
    )


def install(app: Flask) -> None:
    """Give every refusal its page."""

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | Response:
        code = error.code or 500
        if isinstance(error, SecurityError):
            return _stranger()
        if isinstance(error, CSRFError):
            return page(
                400, _("It lay open too long. Open it afresh; nothing was posted.")
            )
        return page(code)

    @app.errorhandler(CoopbookError)
    def _refused(error: CoopbookError) -> tuple[str, int]:
        roots = ((Missing, 404), (Conflict, 409), (Refused, 422), (Inconsistent, 500))
        code = next(code for root, code in roots if isinstance(error, root))
        if code == 500:
            app.logger.error("the book is inconsistent: %s", error)
        return page(code, tell(error))

    @app.errorhandler(Exception)
    def _stopped(error: Exception) -> tuple[str, int]:
        if app.testing or app.debug:
            raise error
        app.logger.exception("a page stopped")
        return page(500)


def _stranger() -> Response:
    """Turn away who comes under another name; no page has an address there."""
    said = _(
        "The desks do not answer under this address. Use the one they were opened with."
    )
    return Response(f"{said}\n", 400, mimetype="text/plain")


def page(code: int, advice: str = "") -> tuple[str, int]:
    """Render the page of a status; without the book when it cannot be read."""
    title, usual = sentences(code)
    template = "errors/stopped.html" if code >= 500 else "errors/page.html"
    return render_template(template, title=title, advice=advice or usual), code
