"""Images of strangers: drawn anew, so that nothing is kept but what can be seen."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.domain.attachments import MAX_PIXELS, FileKind
from portal.domain.errors import DomainError

_SHARPNESS = 90  # of 100: what was photographed stays legible
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")


def clean_image(data: bytes, kind: FileKind) -> bytes:
    """The same picture without place, camera, name, comments or anything after its end.

    Raises `image_large` (before a pixel is read), `image_moves`, `image_unreadable`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of too many pixels: they are counted here
            return _read(data, kind)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DomainError("image_unreadable") from error


def _read(data: bytes, kind: FileKind) -> bytes:
    with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as own:
        if own.width * own.height > MAX_PIXELS:
            raise _too_large()
        if getattr(own, "n_frames", 1) > 1:
            raise DomainError("image_moves")
        return _drawn(own, kind)


def _too_large() -> DomainError:
    return DomainError("image_large", maximum=MAX_PIXELS // 1_000_000)


def _drawn(own: Image.Image, kind: FileKind) -> bytes:
    own.load()
    upright = _plain(ImageOps.exif_transpose(own), kind)
    # Pillow writes again what it found beside the pixels, unless it is told of nothing.
    upright.info = {}
    out = BytesIO()
    if kind is FileKind.JPEG:
        upright.save(out, "JPEG", quality=_SHARPNESS, optimize=True)
    elif kind is FileKind.PNG:
        upright.save(out, "PNG")
    else:
        upright.save(out, "WEBP", quality=_SHARPNESS)
    return out.getvalue()


def _plain(image: Image.Image, kind: FileKind) -> Image.Image:
    """In colours that every browser knows, and that the format can hold."""
    if image.mode in _DEEP:
        return image.point(lambda value: value / 256).convert("L")
    see_through = "A" in image.getbands() or "transparency" in image.info
    if see_through and kind is not FileKind.JPEG:
        return image.convert("RGBA")
    return image if image.mode == "L" else image.convert("RGB")
