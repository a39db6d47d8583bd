"""Drafts as files: every format in and out, by way of one tree of provisions."""
