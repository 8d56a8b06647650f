"""The annual meeting's book (*buku RAT*): one PDF of everything members vote on."""

from coopbook.printing.meetingbook.facts import MeetingBook, meeting_book_of
from coopbook.printing.meetingbook.paper import meeting_book_pdf

__all__ = ["MeetingBook", "meeting_book_of", "meeting_book_pdf"]
