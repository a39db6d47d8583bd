"""Time stamps of RFC 3161, asked of an authority over HTTP (its section 3.4)."""

from __future__ import annotations

from pathlib import Path

import requests
from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

TIMEOUT = 20
LARGEST = 256 * 1024


class StampError(Exception):
    """The authority is away, refuses, or answers what does not hold."""


def stamp(url: str, roots: Path, data: bytes) -> bytes:
    """The response (DER) with a stamp of `data`, checked against the roots in a PEM file.

    Raises `StampError`.
    """
    asked = TimestampRequestBuilder(data=data, hash_algorithm=HashAlgorithm.SHA256).build()
    try:
        answer = requests.post(
            url,
            data=asked.as_bytes(),
            headers={"Content-Type": "application/timestamp-query"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        answer.raise_for_status()
        if answer.status_code != requests.codes.ok:
            raise StampError("the authority points elsewhere")
        certificates = load_pem_x509_certificates(roots.read_bytes())
        if len(answer.content) > LARGEST:
            raise StampError("the answer is too large")
        response = decode_timestamp_response(answer.content)
        verifier = VerifierBuilder.from_request(asked)
        for each in certificates:
            verifier = verifier.add_root_certificate(each)
        verifier.build().verify_message(response, data)
    except (OSError, ValueError, VerificationError) as error:
        raise StampError(str(error)) from error
    return response.as_bytes()
