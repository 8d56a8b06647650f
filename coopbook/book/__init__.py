"""A book: a session confined to one cooperative, in one person's hands."""

from coopbook.book.book import AlreadyOtherwise, Book, NotFounded, open_book
from coopbook.book.model import Head, Once

__all__ = ["AlreadyOtherwise", "Book", "Head", "NotFounded", "Once", "open_book"]
