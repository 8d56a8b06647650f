"""The commands that put the book in a browser: ``serve`` and ``demo``."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click


def serve_app(
    place: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    browser: bool = True,
    today: datetime | None = None,
    names: Sequence[str] = (),
) -> None:
    """Serve the desks of a book until somebody stops it."""
    from waitress import create_server

    from webui import create_app

    app = create_app(
        place,
        today=today.date() if today else None,
        TRUSTED_HOSTS=hosts_of(host, names),
    )
    server = create_server(app, host=host, port=port, threads=8, ident=None)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - only shown
    address = f"http://{shown}:{server.effective_port}/"
    click.echo(f"The desks are open at {address}  (Ctrl+C closes them)")
    if host not in {"127.0.0.1", "localhost", "::1"}:
        click.echo(
            "Without https, whoever shares this network can read what is sent.",
            err=True,
        )
    if browser:
        threading.Timer(0.8, webbrowser.open, [address]).start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def hosts_of(host: str, names: Sequence[str] = ()) -> list[str]:
    """Return the names under which the desks answer; any other is turned away.

    A page elsewhere may have its own name lead here and read along otherwise.  Who
    listens on every address answers to the machine's name and addresses as well.
    """
    own = ["127.0.0.1", "localhost", "[::1]", *names]
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return [*own, f"[{host}]" if ":" in host else host]
    name = socket.gethostname()
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; says which way is out
            found.add(probe.getsockname()[0])
        except OSError:
            pass
    whole = [f"[{each}]" if ":" in each else each for each in sorted(found)]
    return [*own, name, f"{name}.local", *whole]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option(
    "--name",
    "names",
    multiple=True,
    help="Another name under which the desks answer; may be repeated.",
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Fix the business date, for a sample book.",
)
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    no_browser: bool,
    names: tuple[str, ...],
    today: datetime | None,
) -> None:
    """Open the desks of this book in a browser."""
    serve_app(
        book_of(context),
        host=host,
        port=port,
        browser=not no_browser,
        today=today,
        names=names,
    )


def book_of(context: click.Context) -> str:
    """Return the book the command line was given with ``--book``."""
    return str(getattr(context.find_root().obj, "place", "."))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--no-serve", is_flag=True, help="Make the book and stop.")
@click.option("--fresh", is_flag=True, help="Make it anew, even if it is there.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The last day made.")
@click.pass_context
def demo(
    context: click.Context,
    host: str,
    port: int,
    no_browser: bool,
    no_serve: bool,
    fresh: bool,
    today: datetime | None,
) -> None:
    """Make a sample cooperative and open its desks."""
    from webui.demo.make import PASSWORD
    from webui.demo.people import STAFF
    from webui.demo.place import prepare_demo

    folder = Path(sample_of(context))
    day = today or datetime.now().astimezone()
    with click.progressbar(
        length=1,
        label="Three years in a village",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:

        def progress(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        made = prepare_demo(folder, day.date(), fresh=fresh, progress=progress)
    click.echo(f"The sample is {'made' if made else 'kept'} in {folder}")
    click.echo(f"Log in with the password {PASSWORD} as:")
    for name, full_name, roles in STAFF:
        click.echo(f"  {name:<8} {full_name}, {', '.join(roles)}")
    click.echo("  anggota  a member")
    if not no_serve:
        serve_app(folder, host=host, port=port, browser=not no_browser, today=day)


def sample_of(context: click.Context) -> str:
    """Return where the sample goes: never the real book's place by default."""
    from webui.demo.place import DEFAULT

    root = context.find_root()
    given = root.get_parameter_source("place")
    if given in (None, click.core.ParameterSource.DEFAULT):
        return str(DEFAULT)
    return book_of(context)
