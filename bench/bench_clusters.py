"""Near copies among many texts at once: time, and what is found."""

from __future__ import annotations

import sys
from functools import partial

from bench.harness import Candidates
from portal.formats.clustering import cluster
from tests.factories.campaigns import Writer, recall_and_precision


def bulk() -> Candidates:
    """Thirty in a hundred are of campaigns of a hundred each, 15-35 % of their words edited."""
    found = {}
    for size in (1_000, 10_000, 100_000):
        mixed = Writer(1).mixture(size, max(1, size * 3 // 1_000))
        texts = [text for _campaign, text in mixed]
        if size == 100_000:
            truth = [campaign for campaign, _text in mixed]
            recall, precision = recall_and_precision(truth, cluster(texts))
            sys.stdout.write(f"  recall {recall:.4f}, precision {precision:.4f}\n")
        found[f"{size:,} texts"] = partial(cluster, texts)
    return found
