"""A published edition as a file: every format from the same frozen rows, in the same words."""

from portal.formats.matrix_files.edition import Edition

__all__ = ["Edition"]
