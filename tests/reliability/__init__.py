"""Nothing acknowledged is lost: processes are killed at work, then what is kept is counted.

`python -m tests.reliability --kills 200` is the long form; a short one is in `make test`.
"""
