"""What leaves the portal so that others can check it: receipts, bundles, the verifier."""
