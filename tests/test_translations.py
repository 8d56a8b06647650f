"""Every sentence of the sources has an Indonesian one, and it is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coopbook import i18n
from coopbook.cli.output import shown
from coopbook.loans.arrears import InstallmentState
from coopbook.members.rules import MemberStatus
from webui import create_app

HERE = Path(__file__).parent.parent
SOURCE = HERE / "coopbook" / "translations" / "id" / "LC_MESSAGES" / "messages.po"
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["N_", "_l", "say"])
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0-9.]*[a-zA-Z%]")
ENDING = re.compile(r"[ .?:]$")
SAME = {"Auditor", "Bank", "Debit", "No.", "bank", "debit", "rupiah", "status"}
SAME |= {"No. %(number)s", "%(months)s: %(state)s"}
"""Terms that are written alike in both languages."""
ENGLISH = re.compile(r"\b(the|and|of|is|are|was|not|this|that|with|your|you|for)\b")


@pytest.fixture(scope="module")
def sources() -> Catalog:
    """What is marked in the sources as they stand."""
    with (HERE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog()
    found = extract_from_dir(HERE, methods, options, KEYWORDS)
    for _, _, sentence, comments, context in found:
        catalog.add(sentence, auto_comments=comments, context=context)
    return catalog


@pytest.fixture(scope="module")
def indonesian() -> Catalog:
    """The catalogue as it is kept."""
    with SOURCE.open("rb") as file:
        return read_po(file)


def said(message: Message) -> list[tuple[str, str]]:
    """Return each form of a message beside what it is translated from."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], text) for text in message.string]


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Return every form of every message that is translated."""
    for message in catalog:
        if message.id:
            yield from (pair for pair in said(message) if pair[1])


def test_every_sentence_has_an_indonesian_one(
    sources: Catalog, indonesian: Catalog
) -> None:
    marked = {message.id for message in sources if message.id}
    translated = {
        message.id
        for message in indonesian
        if message.id
        and not message.fuzzy
        and all(text.strip() for _, text in said(message))
    }

    assert len(marked) > 500
    assert marked - translated == set()


def test_nothing_is_translated_that_nobody_says(
    sources: Catalog, indonesian: Catalog
) -> None:
    marked = {message.id for message in sources}

    assert {message.id for message in indonesian} - marked == set()
    assert not indonesian.obsolete


def test_indonesian_has_one_plural(indonesian: Catalog) -> None:
    assert indonesian.num_plurals == 1
    assert indonesian.plural_expr == "0"


def test_placeholders_are_kept(indonesian: Catalog) -> None:
    wrong = [
        (english, text)
        for english, text in pairs(indonesian)
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(text))
    ]

    assert wrong == []


def test_sentences_begin_and_end_alike(indonesian: Catalog) -> None:
    wrong = [
        (english, text)
        for english, text in pairs(indonesian)
        if ENDING.findall(english) != ENDING.findall(text) or text != text.lstrip()
    ]

    assert wrong == []


def test_no_english_is_left(indonesian: Catalog) -> None:
    alike = {english for english, text in pairs(indonesian) if english == text}
    mixed = [text for _, text in pairs(indonesian) if ENGLISH.search(text)]

    assert alike == SAME
    assert mixed == []


@pytest.fixture(scope="module")
def compiled(
    indonesian: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A folder with the catalogue as it is now, which the book speaks from."""
    folder = tmp_path_factory.mktemp("translations")
    target = folder / "id" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    memory = BytesIO()
    write_mo(memory, indonesian)
    target.write_bytes(memory.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "translations_dir", lambda: folder)
        i18n.catalogue.cache_clear()
        yield folder
    i18n.catalogue.cache_clear()


def test_the_book_speaks_indonesian(compiled: Path) -> None:
    chain = i18n.say("Entries balance and the chain holds", "id")

    assert "Rantai" in chain
    assert i18n.say("Nothing to show.", "id") == "Tidak ada yang ditampilkan."
    assert i18n.say("Nothing to show.") == "Nothing to show."
    assert i18n.say("", "id") == ""


@pytest.mark.parametrize("words", [MemberStatus, InstallmentState])
def test_the_words_of_tables_are_indonesian(
    compiled: Path, words: type[MemberStatus] | type[InstallmentState]
) -> None:
    assert all(shown(word, "id") != word.value for word in words)


def test_the_desks_speak_indonesian(compiled: Path, tmp_path: Path) -> None:
    from flask_babel import force_locale, gettext, ngettext

    from coopbook.db import schema
    from coopbook.db.engines import engine_for

    engine = engine_for(tmp_path)
    schema.create(engine)
    engine.dispose()
    app = create_app(
        tmp_path,
        secret_key="only for tests",
        BABEL_TRANSLATION_DIRECTORIES=str(compiled),
    )

    with app.test_request_context():
        with force_locale("id"):
            assert gettext("Approve") == "Setujui"
            late = "%(num)s day late", "%(num)s days late"
            assert ngettext(*late, 3) == "terlambat 3 hari"
        with force_locale("en"):
            assert gettext("Approve") == "Approve"
