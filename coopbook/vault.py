"""Personal fields: sealed where they lie, found by a keyed index, committed to."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coopbook.errors import Refused
from coopbook.i18n import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET_BYTES = 32


class Unreadable(Exception):
    """A sealed field was altered, or was sealed with another secret."""


@dataclass(eq=False)
class NoSecret(Refused):
    """Personal numbers and papers are never kept unsealed."""

    sentence = N_(
        "Personal numbers cannot be kept: the book's secret is missing."
        " Put it back beside the book, or name it in COOPBOOK_SECRET_FILE."
    )


def _b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Vault:
    """What one secret can seal and open.

    A sealed field is ``1.salt.ciphertext``: AES-256-GCM bound to its place in
    the book.  The salt lies beside it; with the salt destroyed, the commitment
    in the chain says nothing any more about what it committed to.  The ciphers are
    loaded where they are asked: most commands read no sealed field.
    """

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"a secret has {SECRET_BYTES} bytes")

    def _key(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, purpose.encode(), "sha256")

    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key("seal"))

    def _opened(self, nonce: bytes, box: bytes, bound_to: bytes, place: str) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher().decrypt(nonce, box, bound_to)
        except (ValueError, InvalidTag) as error:
            raise Unreadable(place) from error

    def seal(self, plain: str, place: str) -> str:
        """Seal a text for one place in the book, such as ``1/member/5/phone``."""
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        box = self._cipher().encrypt(nonce, plain.encode(), salt + place.encode())
        return f"1.{_b64(salt)}.{_b64(nonce + box)}"

    def open(self, token: str, place: str) -> str:
        """Return what was sealed; raise ``Unreadable`` when it was altered."""
        try:
            version, salt, box = token.split(".")
            if version != "1":
                raise Unreadable(place)
            raw, bound_to = _raw(box), _raw(salt) + place.encode()
            return self._opened(raw[:12], raw[12:], bound_to, place).decode()
        except ValueError as error:
            raise Unreadable(place) from error

    def seal_bytes(self, plain: bytes, place: str) -> bytes:
        """Seal a paper for one place in the book: salt, nonce and ciphertext."""
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        box = self._cipher().encrypt(nonce, plain, salt + place.encode())
        return salt + nonce + box

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return a paper that was sealed; raise ``Unreadable`` when it was altered."""
        salt, nonce, box = sealed[:16], sealed[16:28], sealed[28:]
        return self._opened(nonce, box, salt + place.encode(), place)

    def commitment(self, token: str, place: str) -> str:
        """Return the SHA-256 of salt and text: what the chain remembers of it."""
        plain = self.open(token, place)
        salt = _raw(token.split(".")[1])
        return hashlib.sha256(salt + plain.encode()).hexdigest()

    def index(self, plain: str, kind: str) -> str:
        """Return the keyed index by which an exact value is found again."""
        return hmac.digest(self._key(f"index {kind}"), plain.encode(), "sha256").hex()[
            :32
        ]

    def signing_key(self, whose: str) -> Ed25519PrivateKey:
        """Return the key that signs for somebody, such as ``1/budi``; HKDF-SHA-256.

        It follows from the secret, so it is lost, kept and stolen with it.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        about = f"checkpoint {whose}".encode()
        seed = HKDF(SHA256(), SECRET_BYTES, None, about).derive(self.secret)
        return Ed25519PrivateKey.from_private_bytes(seed)


def sealing(vault: Vault | None) -> Vault:
    """Return the vault that is to seal something; raise ``NoSecret`` without one."""
    if vault is None:
        raise NoSecret
    return vault


def secret_path(place: str | Path) -> Path | None:
    """Return where the secret of a book lies; ``None`` for a database server."""
    text = str(place)
    if "://" not in text:
        return Path(text) / "secret"
    if not text.startswith("sqlite"):
        named = os.environ.get("COOPBOOK_SECRET_FILE")
        return Path(named) if named else None
    file = Path(text.split(":///", 1)[1])
    return file.with_name("secret" if file.name == "book.db" else f"{file.stem}.secret")


def make_secret(path: Path) -> Vault:
    """Write a new secret that only its owner may read; never over an old one."""
    raw = secrets.token_bytes(SECRET_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(raw.hex() + "\n")
    return Vault(raw)


def vault_for(place: str | Path, *, make: bool = False) -> Vault | None:
    """Return the vault of a book, made when asked; ``None`` where no secret lies."""
    path = secret_path(place)
    if path is None:
        return None
    if path.exists():
        return Vault(bytes.fromhex(path.read_text().strip()))
    return make_secret(path) if make else None
