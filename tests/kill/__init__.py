"""Imports that are killed at random moments: see __main__."""
