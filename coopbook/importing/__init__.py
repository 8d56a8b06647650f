"""Bring spreadsheets in: read, understand, show, then post all or nothing."""
