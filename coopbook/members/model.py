"""Member: a person in the register, with what identifies them sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, object_session

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative
from coopbook.db.types import WordColumn
from coopbook.members.rules import MemberStatus, masked

SEALED = ("national_id", "family_card_no", "passport_no", "phone")


def sealed() -> Mapped[str | None]:
    """Return a column whose text is sealed; the chain holds its commitment."""
    return mapped_column(info={"chain": "sealed"})


class Member(OfCooperative, Base):
    """A member of the cooperative, by number as printed in the passbook."""

    __tablename__ = "member"
    __table_args__ = (
        of_a_cooperative(),
        Index("ix_member_national_id", "cooperative_id", "national_id_index"),
        Index("ix_member_phone", "cooperative_id", "phone_index"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    status: Mapped[MemberStatus] = mapped_column(WordColumn(MemberStatus))
    joined_on: Mapped[date]
    active_on: Mapped[date | None]
    born_on: Mapped[date | None]
    address: Mapped[str]
    village: Mapped[str]
    reference: Mapped[str]
    national_id_sealed: Mapped[str | None] = sealed()
    national_id_index: Mapped[str | None]
    family_card_no_sealed: Mapped[str | None] = sealed()
    passport_no_sealed: Mapped[str | None] = sealed()
    phone_sealed: Mapped[str | None] = sealed()
    phone_index: Mapped[str | None]

    def _opened(self, field: str) -> str | None:
        token = getattr(self, f"{field}_sealed")
        session = object_session(self)
        if token is None or session is None:
            return None
        vault = session.info["book"].vault
        if vault is None:
            return None
        place = f"{self.cooperative_id}/member/{self.number}/{field}_sealed"
        return str(vault.open(token, place))

    @property
    def national_id(self) -> str | None:
        """The NIK, opened; show it masked unless somebody asks for a reason."""
        return self._opened("national_id")

    @property
    def family_card_no(self) -> str | None:
        """The number of the family card, opened."""
        return self._opened("family_card_no")

    @property
    def passport_no(self) -> str | None:
        """The number of the passport, opened."""
        return self._opened("passport_no")

    @property
    def phone(self) -> str | None:
        """The telephone number in international form, opened."""
        return self._opened("phone")

    @property
    def masked_national_id(self) -> str | None:
        """The NIK with its middle hidden."""
        opened = self.national_id
        return masked(opened) if opened else None
