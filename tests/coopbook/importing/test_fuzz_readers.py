"""Whatever a damaged file holds, it is read or refused: soon, in little memory.

Each reader is tried in a process of its own, because a fault inside one could end the
process or never come back.  What reads workbooks (calamine) runs apart from that too.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CASES = 250


@pytest.mark.parametrize("container", ["csv", "xlsx", "xls", "ods", "html"])
def test_a_damaged_file_is_read_or_refused(container):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.coopbook.importing.fuzzing"),
            *(container, str(CASES)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr[-2_000:]
    said = json.loads(done.stdout)
    assert sum(said["ends"].values()) == CASES
    assert said["ends"].keys() - {"read"}, said
    assert said["slowest"] < 10
    assert said["grown"] < 150
    assert said["apart"] < 150
    assert said["touched"] == []
