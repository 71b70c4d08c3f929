"""Signing in, and what keeps guessed passwords from working and from slowing the readers.

django-axes stops an attempt before its password is checked and answers in its place; how attempts
are counted, whom they count for and what the refused read is decided here.
"""
