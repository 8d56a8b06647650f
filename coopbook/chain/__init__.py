"""The chain: hashing, and a record of everything that changed."""

from coopbook.chain.model import Event
from coopbook.chain.recording import after_image

__all__ = ["Event", "after_image"]
