"""The same commands keep a book on a database server."""

import os
import subprocess
import sys

from tests.conftest import new_postgresql


def test_a_book_on_a_server_is_founded_kept_and_verified(postgresql_server, tmp_path):
    engine = new_postgresql(postgresql_server, "coopbook_cli")
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COOPBOOK_")}
    clean["COOPBOOK_SECRET_FILE"] = str(tmp_path / "secret")

    def coopbook(*words, status=0):
        done = subprocess.run(
            [sys.executable, "-m", "coopbook", "--book", url, "--as", "budi", *words],
            cwd=tmp_path,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return done.stdout

    coopbook(
        *("init", "--name", "Melati", "--village", "Suka", "--manager", "budi"),
        *("--password", "melati di desa", "--first-day", "2026-01-01"),
    )
    coopbook("member", "admit", "Siti", "--phone", "081234567890", "--on", "2026-01-05")
    coopbook("savings", "open", "1", "principal", "--on", "2026-01-05")
    coopbook("savings", "deposit", "1", "100.000", "--on", "2026-01-05", "--key", "a")
    coopbook("savings", "deposit", "1", "100.000", "--on", "2026-01-05", "--key", "a")
    coopbook("savings", "withdraw", "1", "1", "--on", "2026-01-05", status=1)

    assert coopbook("report", "trial-balance", "--format", "csv").splitlines() == [
        "code,name,debit,credit",
        "11102,Teller cash,100000,0",
        "31001,Principal (membership) share,0,100000",
    ]
    coopbook("verify")
    coopbook("db", "check")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
