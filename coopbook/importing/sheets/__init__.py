"""The table found in a sheet, and what its cells say."""
