"""Read the tables of a page in docs/rules, so that a test reckons what it shows."""

from __future__ import annotations

from pathlib import Path

RULES = Path(__file__).parent.parent / "docs" / "rules"


def tables(page: str) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a page by the heading above them, rows by column."""
    found: dict[str, list[dict[str, str]]] = {}
    heading, heads = "", None
    for line in (RULES / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, heads = line.lstrip("# ").strip(), None
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if heads is None:
                heads = cells
            elif not all(set(cell) <= set("-:") for cell in cells):
                rows = found.setdefault(heading, [])
                rows.append(dict(zip(heads, cells, strict=True)))
        else:
            heads = None
    return found


def units(cell: str) -> int:
    """Return a whole amount of a page: ``10,000,000``."""
    return int(cell.replace(",", ""))
