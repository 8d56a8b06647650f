"""Regions of Indonesia: provinces, regencies and cities, districts, by official code.

Source: the codes of the Ministry of Home Affairs (Kemendagri), levels 1 to 3, as of
the list in ``data/districts.txt``: a line for a province, then one for each of its
regencies or cities with their districts.  A village has ten figures, the first six of
them its district's: ``32.12.16.2004``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coopbook.errors import Refused
from coopbook.i18n import N_


@dataclass(frozen=True, slots=True)
class District:
    """A district (kecamatan) and what it lies in."""

    code: str
    name: str
    regency: str
    province: str

    def __str__(self) -> str:
        return f"Kec. {self.name}, {self.regency}, {self.province}"


@dataclass(eq=False)
class NoSuchDistrict(Refused):
    """There is no district of that code."""

    sentence = N_(
        "There is no district %(asked)s. Search it by name, or write six figures "
        "like 32.12.16."
    )

    asked: str


@dataclass(eq=False)
class NotInDistrict(Refused):
    """The code of a village begins with its district's."""

    sentence = N_(
        "A village code has ten figures and begins with the district's: "
        "%(district)s.2004, for instance. %(asked)s does not."
    )

    asked: str
    district: str


@cache
def districts() -> dict[str, District]:
    """Return every district by its code.

    >>> len(districts()), str(districts()["32.12.16"])
    (7285, 'Kec. Sindang, Kabupaten Indramayu, Jawa Barat')
    """
    text = resources.files(__name__).joinpath("data/districts.txt")
    found: dict[str, District] = {}
    province = code = ""
    for line in text.read_text(encoding="utf-8").splitlines():
        head, *parts = line.split("|")
        number, name = head.split("=", 1)
        if not parts:
            code, province = number, name
            continue
        for part in parts:
            last, district = part.split("=", 1)
            full = f"{code}.{number}.{last}"
            found[full] = District(full, district, name, province)
    return found


def district(asked: str) -> District:
    """Return a district by its code, dots or not; raise ``NoSuchDistrict``.

    >>> district("321216").name
    'Sindang'
    """
    found = districts().get(_dotted(asked, (2, 2, 2)))
    if found is None:
        raise NoSuchDistrict(asked.strip())
    return found


def village_code(asked: str, of: str) -> str:
    """Return a village's ten figures with dots; raise ``NotInDistrict``.

    >>> village_code("3212162004", "32.12.16")
    '32.12.16.2004'
    """
    tidy = _dotted(asked, (2, 2, 2, 4))
    if not re.fullmatch(r"\d\d\.\d\d\.\d\d\.\d{4}", tidy) or tidy[:8] != of:
        raise NotInDistrict(asked.strip(), of)
    return tidy


def search(text: str, limit: int = 12) -> list[District]:
    """Find districts by code, or by words of district, regency and province.

    Districts whose own name begins with the first word come first.

    >>> [str(one) for one in search("sindang indramayu")]
    ['Kec. Sindang, Kabupaten Indramayu, Jawa Barat']
    """
    words = text.casefold().split()
    if not words:
        return []
    found = []
    for one in districts().values():
        said = f"{one.code} {one.name} {one.regency} {one.province}".casefold()
        if all(word in said for word in words):
            found.append(one)
    own = words[0]
    found.sort(key=lambda one: (not one.name.casefold().startswith(own), one.code))
    return found[:limit]


def _dotted(asked: str, sizes: tuple[int, ...]) -> str:
    """Put dots between the parts of a code written without them."""
    figures = re.sub(r"[.\s-]", "", asked)
    if len(figures) != sum(sizes):
        return asked.strip()
    parts, at = [], 0
    for size in sizes:
        parts.append(figures[at : at + size])
        at += size
    return ".".join(parts)
