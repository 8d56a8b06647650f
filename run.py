"""Set coopbook up and run it: `python3 run.py`, or `python3 run.py test`.

Needs nothing but Python 3.11 or newer with pip. Everything is installed into
the folder .venv beside this file; delete that folder to begin again.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence):
    say(sentence)
    raise SystemExit(1)


def stamp(extra):
    """Describe what is to be installed, so that nothing is installed twice."""
    parts = [extra, str(HERE), sys.version]
    parts += [(HERE / name).read_text() for name in ("setup.cfg", "pyproject.toml")]
    catalogues = sorted((HERE / "coopbook" / "translations").rglob("*.po"))
    parts += [file.read_text(encoding="utf-8") for file in catalogues]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make_environment():
    if PYTHON.exists():
        return
    say("Making the folder .venv for coopbook ...")
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError, OSError) as error:
        stop(
            f"Python cannot make its own folder here ({error}).\n"
            "On Debian or Ubuntu: sudo apt install python3-venv - then run this again."
        )


def install(extra):
    marker = VENV / f"stamp-{extra or 'plain'}"
    wanted = stamp(extra)
    if marker.exists() and marker.read_text() == wanted:
        return
    say("Installing coopbook and what it needs; this takes a minute or two ...")
    target = f"{HERE}[{extra}]" if extra else str(HERE)
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    done = subprocess.run([*pip, "-e", target], check=False)
    if done.returncode:
        stop(
            "The installation stopped; the lines above say why. Is there a connection?"
        )
    marker.write_text(wanted)


def hand_on(words):
    command = [str(PYTHON), *words]
    if os.name == "nt":
        raise SystemExit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def main(words):
    if sys.version_info < OLDEST:
        stop("Coopbook needs Python 3.11 or newer; this is " + sys.version.split()[0])
    testing = words[:1] in (["test"], ["soak"])
    make_environment()
    install("test" if testing else "")
    if not testing:
        hand_on(["-m", "coopbook", *(words or ["demo"])])
    os.chdir(HERE)
    if words[0] == "soak":
        os.environ["COOPBOOK_SOAK"] = "1"
    hand_on(["-m", "pytest", *words[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
