"""The text of a checkpoint: read as it was written, and as nothing else."""

from __future__ import annotations

import base64
import hashlib
from datetime import date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from coopbook.checkpoints import NotACheckpoint, Statement, is_signed_by, read
from coopbook.checkpoints.rules import key_id, read_all, sign, words

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
statements = st.builds(
    Statement,
    st.integers(1, 10**15),
    st.integers(1, 10**15),
    st.dates(date(2000, 1, 1), date(2999, 12, 31)),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1)).map(
        lambda at: at.isoformat(timespec="microseconds") + "+00:00"
    ),
)


@given(statements, st.booleans())
def test_a_text_is_read_back_and_its_signature_holds(statement, signed):
    said = sign(statement, KEY) if signed else statement

    assert read(said.text) == said
    assert said.text == said.text.upper()
    assert is_signed_by(said, PUBLIC) is signed


@given(statements, st.data())
def test_whatever_one_letter_becomes_it_is_refused_or_not_signed(statement, data):
    text = sign(statement, KEY).text
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place]))
    try:
        found = read(text[:place] + other + text[place + 1 :])
    except NotACheckpoint:
        return
    # Only white space around the line is taken away and changes nothing.
    assert not is_signed_by(found, PUBLIC)


def test_a_text_says_what_the_page_on_the_chain_says():
    head = hashlib.sha256(b"head").digest()
    statement = Statement(
        3, 1204, date(2026, 3, 31), head.hex(), "2026-03-31T10:15:00.000000+00:00"
    )

    *parts, mark = sign(statement, KEY).text.split("|")

    assert parts == [
        *("CB1", "3", "1204", "2026-03-31"),
        base64.b32encode(head).decode().rstrip("="),
        "2026-03-31T10:15:00.000000Z",
        base64.b32encode(hashlib.sha256(PUBLIC).digest()[:10]).decode(),
    ]
    raw = base64.b32decode(mark + "=")
    KEY.public_key().verify(raw, "|".join(parts).encode())
    assert statement.text.endswith("|-|-")
    assert key_id(PUBLIC) == parts[-1]


def test_another_key_did_not_sign_it():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    statement = Statement(
        *(1, 1, date(2026, 1, 1), "00" * 32, "2026-01-01T00:00:00.000000+00:00")
    )

    assert not is_signed_by(sign(statement, KEY), other.public_bytes_raw())


@pytest.mark.parametrize(
    "text",
    ["", "CB1", "CB1|1|0|2026-01-01", "cb1|1|1|2026-01-01", "CB2|1|1|2026-01-01||||"],
)
def test_anything_else_is_refused_with_what_would_work(text):
    with pytest.raises(NotACheckpoint, match="Copy the whole line"):
        read(text)


@pytest.mark.parametrize("part", [4, 7])
def test_there_is_one_way_to_write_it(part):
    """The last letter of base32 has bits to spare, which are nothing."""
    at = "2026-01-01T00:00:00.000000+00:00"
    text = sign(Statement(1, 1, date(2026, 1, 1), "00" * 32, at), KEY).text
    parts = text.split("|")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    spare = alphabet[alphabet.index(parts[part][-1]) ^ 1]
    parts[part] = parts[part][:-1] + spare

    assert read(text).text == text
    with pytest.raises(NotACheckpoint):
        read("|".join(parts))


def test_a_file_is_read_oldest_first_without_its_remarks():
    first, last = (
        sign(
            Statement(
                *(1, count, date(2026, 1, day), "ab" * 32),
                f"2026-01-{day:02d}T00:00:00.000000+00:00",
            ),
            KEY,
        )
        for count, day in ((9, 5), (120, 31))
    )

    told = f"\ufeff# from the minutes\n\n  {last.text}\r\n{first.text}\n"

    assert read_all(told) == [first, last]


@given(st.binary(min_size=32, max_size=32))
def test_ten_words_say_the_first_120_bits(raw):
    """An oracle that reads the words back, letter by letter."""
    bits = "".join(
        f"{'bcdghjklmnprstwy'.index(word[at]):04b}{'aiuo'.index(word[at + 1]):02b}"
        for word in words(raw.hex())
        for at in (0, 2)
    )

    assert bits == "".join(f"{byte:08b}" for byte in raw[:15])
