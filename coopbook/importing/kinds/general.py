"""A row that moves accounts rather than a member: of a bank, cash or general book."""

from __future__ import annotations

from dataclasses import dataclass

from coopbook.importing.understood import Movement, Part, exact


@dataclass(frozen=True, slots=True)
class AccountRow(Movement):
    """A row that debits or credits accounts; what is left over goes to suspense."""

    parts: tuple[Part, ...]
    reference: str = ""

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself, each thing written one way."""
        said = (f"{part.to} {exact(part.amount)}" for part in self.parts)
        return (*Movement.content(self), *said, self.reference)


def account(number: int) -> str:
    """Name an account as the target of a part."""
    return f"account:{number}"
