"""Who lives in the sample village; every name and number is made up (data)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from coopbook.loans import Sector
from coopbook.migrants import OFTEN
from coopbook.people import Role

FIRST = (
    *("Siti", "Ani", "Rohmah", "Sulastri", "Wahyuni", "Kartini", "Murni", "Yuliana"),
    *("Nurhayati", "Endang", "Sumiati", "Ratna", "Marlina", "Dwi", "Fitri", "Lestari"),
    *("Agus", "Bambang", "Slamet", "Joko", "Hendra", "Ahmad", "Rudi", "Suparman"),
    *("Yanto", "Eko", "Imam", "Darmawan", "Kusno", "Wawan", "Tarmin", "Sarif"),
)
LAST = (
    *("Aminah", "Rahayu", "Wulandari", "Hidayat", "Santoso", "Prasetyo", "Saputra"),
    *("Nugroho", "Utami", "Handayani", "Setiawan", "Kurniasih", "Maulana", "Safitri"),
    *("Suryani", "Purnomo", "Gunawan", "Astuti", "Mulyani", "Wijaya"),
)
HAMLETS = ("Dusun Krajan", "Dusun Melati", "Dusun Kenanga", "Dusun Cempaka")
PURPOSES = {
    "productive": (
        *("warung sembako", "ternak kambing", "mesin jahit", "pupuk dan bibit"),
        *("gerobak bakso", "modal tambak", "keripik singkong", "bengkel motor"),
    ),
    "consumer": ("renovasi dapur", "motor", "kulkas", "hajatan"),
    "emergency": ("biaya rumah sakit", "biaya sekolah", "atap bocor"),
}

SECTORS = {
    "warung sembako": Sector.TRADE,
    "ternak kambing": Sector.AGRICULTURE,
    "mesin jahit": Sector.CRAFTS,
    "pupuk dan bibit": Sector.AGRICULTURE,
    "gerobak bakso": Sector.FOOD,
    "modal tambak": Sector.AGRICULTURE,
    "keripik singkong": Sector.CRAFTS,
    "bengkel motor": Sector.SERVICES,
    "renovasi dapur": Sector.BUILDING,
    "motor": Sector.HOUSEHOLD,
    "kulkas": Sector.HOUSEHOLD,
    "hajatan": Sector.HOUSEHOLD,
    "biaya rumah sakit": Sector.HEALTH,
    "biaya sekolah": Sector.EDUCATION,
    "atap bocor": Sector.BUILDING,
}

STAFF = (
    ("budi", "Budi Hartono", (Role.MANAGER,)),
    ("wati", "Wati Kusuma", (Role.MANAGER,)),
    ("tono", "Tono Wibowo", (Role.TREASURER,)),
    ("rina", "Rina Marlina", (Role.TELLER,)),
    ("tuti", "Tuti Alawiyah", (Role.TELLER,)),
    ("dewi", "Dewi Anggraini", (Role.CREDIT,)),
    ("yanti", "Yanti Susanti", (Role.BOOKKEEPER,)),
    ("sari", "Sari Puspita", (Role.SUPERVISOR,)),
    ("agus", "Agus Salim", (Role.AUDITOR,)),
)


@dataclass(frozen=True, slots=True)
class Villager:
    """Somebody who joins the sample cooperative."""

    name: str
    born_on: date
    national_id: str
    phone: str
    hamlet: str


def stay_of(number: int, joined: date) -> tuple[str, date, date]:
    """Return where somebody made up worked before joining, from when, until when."""
    back = joined - timedelta(days=90 + 37 * number % 400)
    return OFTEN[number % 7], back - timedelta(days=730 + 365 * (number % 3)), back


def villagers(chance: random.Random, count: int) -> list[Villager]:
    """Return made-up people; their NIK has a province code that does not exist."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    found = []
    for place, name in enumerate(names[:count], start=1):
        born = date(
            chance.randint(1965, 1998), chance.randint(1, 12), chance.randint(1, 28)
        )
        woman = name.split(" ")[0] in FIRST[:16]
        day = born.day + (40 if woman else 0)
        found.append(
            Villager(
                name,
                born,
                f"990101{day:02d}{born:%m%y}{place:04d}",
                f"0812{chance.randint(10_000_000, 99_999_999)}",
                chance.choice(HAMLETS),
            )
        )
    return found
