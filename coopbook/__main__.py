"""``python -m coopbook`` is ``coopbook``."""

from coopbook.cli import main

main()
