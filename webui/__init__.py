"""The desks: the book in a browser, for each kind of person who works with it."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, session, url_for
from flask_login import current_user
from whitenoise import WhiteNoise

import coopbook.tables  # noqa: F401 - every model, before the first query
from coopbook.db.engines import prepare, sqlite_url
from coopbook.i18n import translations_dir
from coopbook.vault import vault_for
from webui import desk, errors, places, policy, wording
from webui.deskstore import DeskStore
from webui.extensions import babel, compress, csrf, db, login_manager, talisman

HERE = Path(__file__).parent
MEGABYTE = 1024 * 1024
FORMATS = {"id": "id", "en": "en_ID"}

PICTURED = {
    *("membership.admission", "membership.correction"),
    *("membership.paper_new", "membership.proxy_new"),
}
"""Forms with one or two pictures of 2 MB, and what comes with them."""

FILTERS = (
    *("rupiah", "figure", "count", "rate", "percent", "exactly", "words"),
    *("day", "day_named", "long_date", "weekday", "month", "word", "label"),
)
CONTENT_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def create_app(
    book_url: str | Path,
    desk_url: str | None = None,
    *,
    secret_key: str | bytes | None = None,
    today: date | None = None,
    https: bool = False,
    testing: bool = False,
    **config: Any,
) -> Flask:
    """Return the desks of a book.

    ``book_url`` is the book's folder or a database URL; what the desks keep
    besides lies in ``desk_url``, beside the book unless told.  ``today`` fixes the
    business date, for a sample book.  Raises ``NoPolicy`` when a page has no line
    in the policy.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secret_key or secret_of(book_url) or secrets.token_bytes(32),
        SQLALCHEMY_DATABASE_URI=_absolute(sqlite_url(book_url)),
        MAX_CONTENT_LENGTH=2 * MEGABYTE,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        BABEL_DEFAULT_LOCALE="id",
        BABEL_TRANSLATION_DIRECTORIES=str(translations_dir()),
        COMPRESS_MIMETYPES=["text/html", "text/css", "application/javascript"],
        TESTING=testing,
        TODAY=today,
        HTTPS=https,
        VAULT=vault_for(book_url),
        IDLE_STAFF=15 * 60,
        IDLE_MEMBER=5 * 60,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    app.config.update(config)
    app.url_map.converters["int"] = policy.Number
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _join_extensions(app, https=https)
    app.extensions["desk_store"] = DeskStore(
        desk_url or _beside(_absolute(sqlite_url(book_url)))
    )
    _join_desks(app)
    _teach_templates(app)
    errors.install(app)
    app.before_request(policy.readable)
    app.before_request(policy.guard)
    app.after_request(_headers)
    policy.check(app)
    return app


def secret_of(book_url: str | Path) -> bytes | None:
    """Derive the key that signs cookies from the secret of the book."""
    vault = vault_for(book_url)
    return hashlib.sha256(b"desk" + vault.secret).digest() if vault else None


def _absolute(url: str) -> str:
    """Make the path of a SQLite file whole; Flask-SQLAlchemy would move it."""
    if not url.startswith("sqlite:///"):
        return url
    return f"sqlite:///{Path(url.removeprefix('sqlite:///')).resolve()}"


def _beside(url: str) -> str:
    if not url.startswith("sqlite:///"):
        return url
    return f"sqlite:///{Path(url.removeprefix('sqlite:///')).parent / 'desk.db'}"


def _join_extensions(app: Flask, *, https: bool) -> None:
    app.before_request(_limit)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    csrf.init_app(app)
    compress.init_app(app)
    babel.init_app(app, locale_selector=_locale)
    login_manager.init_app(app)
    talisman.init_app(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        content_security_policy=CONTENT_POLICY,
        referrer_policy="same-origin",
        permissions_policy={},
    )
    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=str(HERE / "static"),
        prefix="static/",
        max_age=365 * 86400,
    )


def _limit() -> None:
    """Let an import, or two pictures, be larger than a document.

    Said before anything is read.
    """
    if request.endpoint in ("importing.start", "bankstatements.bringing"):
        request.max_content_length = 10 * MEGABYTE
    elif request.endpoint in PICTURED:
        request.max_content_length = 5 * MEGABYTE


def _locale() -> str:
    chosen = session.get("language") if request else None
    if chosen is None and current_user and current_user.is_authenticated:
        chosen = current_user.language or desk.cooperative().language
    return FORMATS.get(chosen or "id", "id")


def _join_desks(app: Flask) -> None:
    from webui.account import bp as account
    from webui.annual import bp as annual
    from webui.approvals import bp as approvals
    from webui.audit import bp as audit
    from webui.backing import bp as backing
    from webui.baddebts import bp as bad_debts
    from webui.bankstatements import bp as bank_statements
    from webui.board import bp as board
    from webui.books import bp as books
    from webui.bylaws import bp as bylaws
    from webui.claims import bp as claims
    from webui.collection import bp as collection
    from webui.counter import bp as counter
    from webui.credit import bp as credit
    from webui.cutover import bp as cutover
    from webui.deposits import bp as deposits
    from webui.dunning import bp as dunning
    from webui.earlywarning import bp as early_warning
    from webui.funds import bp as funds
    from webui.goods import bp as goods
    from webui.groups import bp as groups
    from webui.importing import bp as importing
    from webui.leaving import bp as leaving
    from webui.meetings import bp as meetings
    from webui.membership import bp as membership
    from webui.orders import bp as orders
    from webui.oversight import bp as oversight
    from webui.owned import bp as owned
    from webui.people import bp as people
    from webui.portal import bp as portal
    from webui.printing import bp as printing
    from webui.rounds import bp as rounds
    from webui.savings import bp as savings
    from webui.shares import bp as shares
    from webui.treasury import bp as treasury

    desks = (account, board, counter, membership, credit, treasury)
    for bp in (
        *desks,
        annual,
        approvals,
        books,
        bylaws,
        audit,
        backing,
        bad_debts,
        bank_statements,
        claims,
        collection,
        funds,
        groups,
        importing,
        leaving,
        cutover,
        deposits,
        dunning,
        early_warning,
        goods,
        meetings,
        oversight,
        orders,
        owned,
        people,
        portal,
        printing,
        rounds,
        savings,
        shares,
    ):
        app.register_blueprint(bp)


@cache
def _version(name: str) -> str:
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:8]


def _static(name: str) -> str:
    return url_for("static", filename=name, v=_version(name))


def _teach_templates(app: Flask) -> None:
    """Give the templates the words, figures and questions they use."""
    for name in FILTERS:
        app.add_template_filter(getattr(wording, name), name)
    app.add_template_filter(_moment, "moment")
    app.add_template_filter(strip_words, "strip_words")
    app.add_template_filter(column_name, "column_name")
    app.jinja_env.globals.update(
        static=_static,
        may=policy.may,
        may_reverse=policy.may_reverse,
        turned=desk.turned,
        day_open=desk.day_open,
        places=places.places,
        total=desk.total,
        still_claimed=desk.still_claimed,
    )

    @app.context_processor
    def _who() -> dict[str, Any]:
        known = desk.person()
        return {
            "person": known,
            "cooperative": desk.cooperative() if known else g.get("cooperative"),
            "today": desk.today() if known else None,
            "language": wording.language(),
        }


def _moment(value: str, form: str = "dd/MM/yyyy HH.mm") -> str:
    return wording.moment(value, desk.cooperative().timezone, form)


def column_name(key: str, read: Any) -> str:
    """Return what a column of a sheet is called, by its key."""
    from flask_babel import gettext

    found = (one.name for one in read.proposal.columns if one.key == key)
    return str(gettext(next(found, key)))


def strip_words(installments: list[Any]) -> str:
    """Say what a strip shows: how many installments, and how each group stands."""
    from collections import Counter

    from flask_babel import gettext

    states = Counter(str(one.state) for one in installments)
    parts = ", ".join(f"{n} {wording.word(state)}" for state, n in states.items())
    whole = gettext("%(number)s installments: ", number=len(installments))
    return f"{whole}{parts}"


def _headers(response: Response) -> Response:
    if request.endpoint not in {"static", "counter.paper", "membership.scan"}:
        response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if response.mimetype == "text/html" and not response.direct_passthrough:
        response.set_data(_tight(response.get_data(as_text=True)))
    return response


def _tight(html: str) -> str:
    """Leave out the white space at the ends of lines: signal is poor."""
    return re.sub(r"\n\s*", "\n", html) if "<textarea" not in html else html
