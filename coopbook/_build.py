"""Compile the catalogues while the package is built or installed editable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from setuptools.command.build_py import build_py


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` under a folder, and return them."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        written.append(target)
    return written


class BuildPy(build_py):
    """Build Python files, catalogues first."""

    def run(self) -> Any:
        """Compile, then build as usual."""
        compile_catalogues(Path(__file__).parent / "translations")
        self.data_files = self._get_data_files()
        return super().run()
