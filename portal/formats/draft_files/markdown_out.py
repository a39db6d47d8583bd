def write_markdown(d, a, l="ar"):
    return b""
