"""Tests of the room ``cleaners``."""
