"""图片识字: the characters on a picture, by the models that RapidOCR brings (extra ``[ocr]``)."""

from __future__ import annotations

from functools import cache

from rapidocr import LoadImageError, RapidOCR

from crawler.pages.formats import Unreadable
from monitor.model import FileState


def words_on(picture: bytes) -> str:
    """Return what can be read on a picture, a line a line; "" when there is nothing."""
    try:
        found = _engine()(picture)
    except (LoadImageError, ValueError, OSError) as why:
        raise Unreadable(FileState.DAMAGED) from why
    return "\n".join(found.txts or ())


@cache
def _engine() -> RapidOCR:
    # one core: the night's own work, and whatever else the machine is for, goes on beside
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )
