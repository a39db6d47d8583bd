"""Radd: a public consultation portal.

Nothing is imported here, so that a process that reads one file need not load the whole portal.
"""
