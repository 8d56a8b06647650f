"""Printing: passbooks, slips and certificates as PDF and as printer's bytes."""
