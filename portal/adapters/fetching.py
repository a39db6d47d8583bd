"""What another portal, or a provider of sign-on, says over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

import requests

TIMEOUT = 30
LARGEST = 1024 * 1024


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    wait: float | tuple[float, float] = TIMEOUT,
) -> bytes:
    """What stands at an address, up to a megabyte. Raises OSError (requests' errors are).

    Another address that it points to is not asked: who was named is who speaks.
    """
    data = bytearray()
    with requests.get(
        url, headers=headers, timeout=wait, stream=True, allow_redirects=False
    ) as answer:
        answer.raise_for_status()
        if answer.status_code != requests.codes.ok:
            raise OSError(f"{url} points elsewhere")
        # Not `answer.raw`: where the line breaks, that raises what is no OSError.
        for part in answer.iter_content(64 * 1024):
            data += part
            if len(data) > LARGEST:
                raise OSError(f"{url} is too large")
    return bytes(data)
