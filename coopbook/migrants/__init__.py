"""Members who worked abroad: their stays, and the country they came back from."""

from coopbook.migrants.model import MigrationEpisode
from coopbook.migrants.queries import episode, episodes, returned_from
from coopbook.migrants.rules import (
    OFTEN,
    BackBeforeGone,
    EpisodesOverlap,
    NoSuchCountry,
    NoSuchEpisode,
    NotYetBack,
    countries,
)
from coopbook.migrants.service import correct_episode, note_episode

__all__ = [
    "OFTEN",
    "BackBeforeGone",
    "EpisodesOverlap",
    "MigrationEpisode",
    "NoSuchCountry",
    "NoSuchEpisode",
    "NotYetBack",
    "correct_episode",
    "countries",
    "episode",
    "episodes",
    "note_episode",
    "returned_from",
]
