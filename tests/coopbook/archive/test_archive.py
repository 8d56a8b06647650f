"""Papers lie sealed: what they hold is found by nobody without the secret."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from coopbook import archive
from coopbook.archive import NoSuchScan, NotAScan, ScanKind
from coopbook.archive.rules import LARGEST_SCAN
from coopbook.vault import NoSecret, Unreadable, Vault
from tests.conftest import TODAY, VAULT

SAID = b"Siti Aminah, NIK 3201014101900001"
PDF = b"%PDF-1.4 " + SAID


def kept(book, subject="member:1", kind=ScanKind.IDENTITY, content=PDF, name="ktp.pdf"):
    return archive.keep(
        *(book, subject, kind),
        name=name,
        media_type="application/pdf",
        content=content,
        on=TODAY,
    )


def test_what_a_paper_holds_is_not_in_its_row(coop):
    with coop.open() as book:
        number = kept(book).number

    with coop.read() as book:
        (sealed,) = book.session.execute(
            text("SELECT sealed FROM scan WHERE cooperative_id = :coop"),
            {"coop": coop.number},
        ).one()
        bodies = book.session.execute(
            text("SELECT body FROM event WHERE cooperative_id = :coop"),
            {"coop": coop.number},
        ).scalars()
        assert SAID not in bytes(sealed) and b"PDF" not in bytes(sealed)
        assert not any("NIK 3201014101900001" in body for body in bodies)
        assert archive.opened(book, archive.scan(book, number)) == PDF


def test_another_secret_opens_nothing_and_none_says_so(coop):
    with coop.open() as book:
        kept(book)

    with coop.read() as book:
        row = archive.scan(book, 1)
        book.vault = Vault(bytes(reversed(VAULT.secret)))
        with pytest.raises(Unreadable):
            archive.opened(book, row)
        book.vault = None
        with pytest.raises(NoSecret):
            archive.opened(book, row)
        with pytest.raises(NoSecret):
            kept(book)


def test_a_paper_moved_to_another_number_or_altered_does_not_open(book):
    first, second = kept(book), kept(book, content=b"%PDF-1.4 other")

    bits = bytearray(first.sealed)
    bits[-1] ^= 1
    for sealed in (second.sealed, bytes(bits), first.sealed[:30], b""):
        first.sealed = sealed
        with pytest.raises(Unreadable):
            archive.opened(book, first)


def test_the_same_paper_sealed_twice_looks_different_each_time(book):
    assert kept(book).sealed != kept(book).sealed


def test_the_newest_of_a_kind_counts_and_the_older_stay(book):
    old, other, new = kept(book), kept(book, kind=ScanKind.PHOTO), kept(book)
    elsewhere = kept(book, "member:2")

    assert archive.latest(book, "member:1", ScanKind.IDENTITY) == new
    assert archive.scans(book, "member:1") == [new, other, old]
    assert archive.latest(book, "member:2", ScanKind.IDENTITY) == elsewhere
    assert archive.latest(book, "member:2", ScanKind.PHOTO) is None
    with pytest.raises(NoSuchScan):
        archive.scan(book, elsewhere.number + 1)


def test_only_a_pdf_or_a_picture_of_at_most_two_megabytes_is_kept(book):
    edge = PDF + b"0" * (LARGEST_SCAN - len(PDF))
    assert kept(book, content=edge, name="a/b\\c.pdf").name == "c.pdf"

    for content in (edge + b"0", b"", b"MZ", SAID):
        with pytest.raises(NotAScan) as refusal:
            kept(book, content=content)
    assert "at most 2 MB" in str(refusal.value)
    with pytest.raises(NotAScan):
        archive.keep(
            *(book, "member:1", ScanKind.PHOTO),
            name="x.svg",
            media_type="image/svg+xml",
            content=b"<svg/>",
            on=TODAY,
        )
    assert len(archive.scans(book, "member:1")) == 1
