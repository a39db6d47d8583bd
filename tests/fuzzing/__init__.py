"""What nobody means well with: hostile addresses, forms, files and bodies, made by the thousand.

`make test` runs the short form, the same each time; `make fuzz` the long one (EXAMPLES).
"""
