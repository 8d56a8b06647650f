"""Bring in a list of movements that is too long for memory."""

from coopbook.importing.long.looking import LongPreview, preview_long
from coopbook.importing.long.posting import post_long

__all__ = ["LongPreview", "post_long", "preview_long"]
