"""`flask demo load`: people, two consultations and everything in them, all plainly examples."""

from portal.jobs.demo.commands import commands, is_empty, load_demo

__all__ = ["commands", "is_empty", "load_demo"]
