"""A first password: drawn by chance, written on paper, easy to read aloud."""

from __future__ import annotations

import secrets

CONSONANTS = "bcdgjklmnprstwy"
VOWELS = "aeiou"
WORDS, SYLLABLES = 4, 2
LENGTH = 16
"""How many bytes of chance a password is drawn from."""


def readable_password(chance: bytes) -> str:
    """Return a password of four short words, drawn from bytes of chance.

    One of about five hundred million million: 50 bits, behind argon2 and lock-outs.

    >>> readable_password(bytes(range(16)))
    'boba-muye-besa-goyi'
    """
    assert len(chance) >= LENGTH, "a password needs its chance"
    drawn, words = int.from_bytes(chance, "big"), []
    for _word in range(WORDS):
        letters = ""
        for _syllable in range(SYLLABLES):
            drawn, consonant = divmod(drawn, len(CONSONANTS))
            drawn, vowel = divmod(drawn, len(VOWELS))
            letters += CONSONANTS[consonant] + VOWELS[vowel]
        words.append(letters)
    return "-".join(words)


def new_password() -> str:
    """Return a new password, known to nobody before."""
    return readable_password(secrets.token_bytes(LENGTH))
