"""Stays abroad: written down, corrected, sealed; where people came back from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from coopbook import members, migrants
from coopbook.migrants.rules import overlap
from tests.conftest import TODAY

BACK = date(2024, 1, 31)
days = st.none() | st.dates(date(2015, 1, 1), date(2015, 3, 1))


def stay(book, who, country="HK", left=date(2018, 2, 1), back=BACK):
    return migrants.note_episode(
        *(book, who, country), on=TODAY, departed_on=left, returned_on=back
    )


def test_the_last_country_somebody_came_back_from_counts(book):
    siti, budi = (members.admit(book, name, on=TODAY) for name in ("Siti", "Budi"))
    ani = members.admit(book, "Ani", on=TODAY)
    stay(book, siti, "hk")
    stay(book, siti, "MY", date(2010, 1, 1), date(2012, 1, 1))
    stay(book, siti, "TW", date(2025, 1, 1), None)
    stay(book, budi, "SA", None, date(2020, 12, 31))
    stay(book, ani, "JP", date(2025, 5, 1), None)
    found = migrants.returned_from(book, [siti.number, budi.number, ani.number])
    assert found == {siti.number: "HK", budi.number: "SA"}
    migrants.correct_episode(
        *(book, siti, 3, "TW"),
        on=TODAY,
        departed_on=date(2025, 1, 1),
        returned_on=TODAY,
    )
    assert migrants.returned_from(book, [siti.number]) == {siti.number: "TW"}
    assert [one.country for one in migrants.episodes(book, siti)] == ["HK", "MY", "TW"]


def test_refusals_say_what_would_work(book):
    siti = members.admit(book, "Siti", on=TODAY)
    stay(book, siti)
    with pytest.raises(migrants.NoSuchCountry, match="Write two letters"):
        stay(book, siti, "Hong Kong")
    with pytest.raises(migrants.NoSuchCountry):
        stay(book, siti, "EU")
    with pytest.raises(migrants.BackBeforeGone):
        stay(book, siti, left=date(2025, 1, 2), back=date(2025, 1, 1))
    with pytest.raises(migrants.NotYetBack):
        stay(book, siti, left=TODAY, back=TODAY + timedelta(days=1))
    with pytest.raises(migrants.NotYetBack):
        stay(book, siti, left=TODAY + timedelta(days=1), back=None)
    with pytest.raises(migrants.EpisodesOverlap) as refusal:
        stay(book, siti, left=BACK - timedelta(days=1), back=None)
    assert refusal.value.facts["returned"] == "2024-01-31"
    with pytest.raises(migrants.NoSuchEpisode):
        migrants.correct_episode(book, siti, 7, "HK", on=TODAY)
    assert len(migrants.episodes(book, siti)) == 1
    stay(book, siti, left=BACK, back=None)
    assert len(migrants.episodes(book, siti)) == 2


def test_a_country_is_sealed_in_the_table_and_in_the_chain(book):
    siti = members.admit(book, "Siti", on=TODAY)
    stay(book, siti, "ZW")
    book.session.flush()
    (kept,) = book.session.scalars(
        text("SELECT country_sealed FROM migration_episode WHERE cooperative_id = :n"),
        {"n": book.cooperative_id},
    )
    assert "ZW" not in kept
    bodies = list(
        book.session.scalars(
            text("SELECT body FROM event WHERE cooperative_id = :n"),
            {"n": book.cooperative_id},
        )
    )
    assert any("migration_episode" in body for body in bodies)
    assert not any('"ZW"' in body for body in bodies)


@given(st.tuples(days, days), st.tuples(days, days))
def test_stays_overlap_where_they_share_a_day_between_their_ends(one, other):
    known = all(span[0] is not None for span in (one, other))
    for span in (one, other):
        if None not in span and span[1] < span[0]:
            return
    far = date(2015, 4, 1)

    def inside(span):
        last = span[1] or far
        return {
            span[0] + timedelta(days=n) + timedelta(hours=12)
            for n in range((last - span[0]).days)
        }

    if not known:
        assert not overlap(one, other)
        return
    if one[0] == one[1] or other[0] == other[1]:
        return  # a stay of one day has no inside
    assert overlap(one, other) == bool(inside(one) & inside(other))
    assert overlap(one, other) == overlap(other, one)
