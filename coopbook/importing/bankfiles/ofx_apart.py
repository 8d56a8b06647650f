"""Read OFX with ofxparse, as a program of its own: bytes in, plain figures out.

It builds a tree of whatever it is given, at whatever depth, so it runs apart (``ofx``
starts it), within limits, and nothing of the book is at hand here: this file imports
nothing of it.  What it writes is ``marshal``; amounts and days are text.
"""

import io
import marshal
import sys
import warnings

BROKEN = 4
"""What the process ends with where it cannot read the file."""

MOST_MEMORY = 1_500_000_000
"""Bytes of address space."""


def limit() -> None:
    """Let the system refuse memory beyond the limit, where it knows how to."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of whoever started this remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def statements(data: bytes) -> list[dict[str, object]]:
    """Return what the file says of each account.

    Days are those written: ofxparse turns a day of Jakarta into one of Greenwich, which
    is the day before for whatever was booked until seven in the morning.
    """
    from datetime import date, datetime, time

    from ofxparse import OfxParser

    class AsWritten(OfxParser):  # type: ignore[misc]  # ofxparse has no types
        @classmethod
        def parseOfxDateTime(cls, written: str) -> datetime:  # noqa: N802 - its name
            return datetime.combine(date.fromisoformat(written[:8]), time())

    def day(moment: object) -> str:
        return moment.date().isoformat() if isinstance(moment, datetime) else ""

    read = AsWritten.parse(io.BytesIO(data))
    return [
        {
            "currency": str(one.statement.currency or "").upper(),
            "number": str(one.account_id or ""),
            "first": day(one.statement.start_date),
            "last": day(one.statement.end_date),
            "balance": str(getattr(one.statement, "balance", "")),
            "as_of": day(getattr(one.statement, "balance_date", "")),
            "lines": [
                (
                    *(str(line.id or ""), day(line.date), str(line.amount)),
                    *(str(line.payee or ""), str(line.memo or "")),
                )
                for line in one.statement.transactions
            ],
        }
        for one in read.accounts
        if one.statement is not None
    ]


def main() -> int:
    """Read OFX from the standard input; write what it says to the output.

    The arguments are the folders that hold the reader and what it needs.
    """
    sys.path.extend(sys.argv[1:])
    warnings.simplefilter("ignore")
    data = sys.stdin.buffer.read()
    limit()
    try:
        read = statements(data)
    except BaseException:
        return BROKEN
    sys.stdout.buffer.write(marshal.dumps(read))
    return 0


if __name__ == "__main__":
    sys.exit(main())
