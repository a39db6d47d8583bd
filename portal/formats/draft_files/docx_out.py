def write_docx(d, a, l="ar"):
    return b""
