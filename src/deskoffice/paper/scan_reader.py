"""Finds and reads the lines of a scanned page, turned upright and cleared, and tells how sure each character is."""

import base64
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from rapidocr_onnxruntime import RapidOCR

LONG_SIDE = 2000
"""A4 at 170 dpi: what the models were trained on; more costs time and reads no better."""
PALE = 110
"""A page whose darkest fifth of ink is lighter than this has faded."""
THREADS = 2
LEAST_INK = 8
"""Of 255: a page whose darkest thousandth is not this much darker than its ground has nothing to bring out."""
TURNING_SIDE = 1000
"""Enough to see which way the page is turned."""
LONG_LINE = 4.0
"""Lines this much longer than high say which way the page is turned."""
STAMP_BLUE = 45
"""Of 255: by so much the ink of blue and purple stamps is bluer than green."""
STAMP_HEIGHT = 0.05
"""Of a page's height: what is lower may be a number written by hand, and stays."""
SHOWN_QUALITY = 70

Pixels = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float32]
"""Lines found, each by its four corners from the top left clockwise."""


class PageReader:
    """Holds the models while the pages of one file are read."""

    def __init__(self) -> None:
        threads = {f"{part}_op_num_threads": THREADS for part in ("intra", "inter")}
        self._models = RapidOCR(**threads)

    def read(self, colours: Pixels) -> dict[str, object]:
        """Lines with their characters' certainty and place, on the upright page that is returned with them."""
        page = self._upright(_sized(colours, LONG_SIDE))
        clear = _clear(_without_stamps(_without_seal(page)))
        lines = self._recognise(clear, self._find(clear))
        return {"width": page.shape[1], "height": page.shape[0], "lines": lines, "picture": _jpeg(page)}

    def _find(self, page: Pixels) -> Boxes:
        found, _ = self._models.auto_text_det(page)
        return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32)

    def _upright(self, page: Pixels) -> Pixels:
        small = _sized(page, TURNING_SIDE)
        boxes = self._find(small)
        if _is_on_its_side(boxes):
            page, small = _rotated(page), _rotated(small)
            boxes = self._find(small)
        if self._is_upside_down(small, boxes):
            page, small = _rotated(_rotated(page)), _rotated(_rotated(small))
            boxes = self._find(small)
        angle = _slant(boxes)
        return _turned(page, angle) if abs(angle) > 0.2 else page

    def _is_upside_down(self, page: Pixels, boxes: Boxes) -> bool:
        lines = [box for box in boxes if _length(box) > LONG_LINE * _height(box)]
        if not lines:
            return False
        crops = self._models.get_crop_img_list(page, lines)
        _, found, _ = self._models.text_cls(crops)
        sure = [label for label, score in found if score > 0.8]
        return bool(sum(label == "180" for label in sure) * 2 > len(sure))

    def _recognise(self, page: Pixels, boxes: Boxes) -> list[dict[str, object]]:
        if not len(boxes):
            return []
        crops = self._models.get_crop_img_list(page, list(boxes))
        found, _ = self._models.text_rec(crops, return_word_box=True)
        return [
            {
                "text": text,
                "sure": [round(float(one), 3) for one in detail[4]] if text else [],
                "left": float(box[:, 0].min()),
                "top": float((box[0, 1] + box[1, 1]) / 2),
                "right": float(box[:, 0].max()),
                "bottom": float((box[2, 1] + box[3, 1]) / 2),
            }
            for box, (text, _, detail) in zip(boxes, found, strict=True)
        ]


def _sized(colours: Pixels, side: int) -> Pixels:
    scale = side / max(colours.shape[:2])
    if abs(scale - 1) < 0.02:
        return colours
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(colours, None, fx=scale, fy=scale, interpolation=way), np.uint8)


def _clear(page: Pixels) -> Pixels:
    """Even out the ground of a faded or grey page; a good one stays as it is."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    blackest, ground = np.percentile(grey, (0.1, 60))
    # Of the ink, not of the page: two lines on a white page are no faded page.
    ink = grey <= (blackest + ground) / 2
    is_good = np.percentile(grey[ink], 20) < PALE and ground > 200
    if is_good or blackest > ground - LEAST_INK:
        return page
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 12)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = np.clip(grey.astype(np.float32) / np.maximum(paper, 1), 0, 1)
    dark = float(np.percentile(even[ink], 14))
    stretched = np.clip((even - dark) / max(0.97 - dark, 0.05), 0, 1) * 255
    return np.asarray(cv2.cvtColor(stretched.astype(np.uint8), cv2.COLOR_GRAY2RGB), np.uint8)


def _rotated(page: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(page))


def _without_seal(page: Pixels) -> Pixels:
    """The page with red ink below its head taken away."""
    whole = page.astype(np.int16)
    red = (whole[:, :, 0] - np.maximum(whole[:, :, 1], whole[:, :, 2])) > 40
    lines = np.flatnonzero(red.mean(axis=1) > 0.4)
    upper = lines[lines < page.shape[0] * 0.6]
    below = int(upper.max()) + 4 if len(upper) else page.shape[0] * 2 // 5
    seal = red[below:]
    if seal.sum() < page.shape[0]:
        return page
    cleared = page.copy()
    # Red ink is bright in the red channel, black ink is dark in it: where both lie, the black stays.
    cleared[below:] = np.repeat(page[below:, :, :1], 3, axis=2)
    return cleared


def _without_stamps(page: Pixels) -> Pixels:
    """The page with the ink of large blue and purple stamps taken away."""
    whole = page.astype(np.int16)
    bluer = whole[:, :, 2] - whole[:, :, 1]
    bluer -= np.int16(np.median(bluer))
    small = cv2.resize((bluer > STAMP_BLUE).astype(np.uint8), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    _, _, places, _ = cv2.connectedComponentsWithStats(cv2.dilate(small, np.ones((5, 5), np.uint8)))
    stamped = np.zeros(bluer.shape, np.bool_)
    for left, top, width, height, _ in places[1:] * 4:
        if height > STAMP_HEIGHT * page.shape[0]:
            # The frame with the words in it, to the pale edges of the ink.
            inside = np.s_[top : top + height, left : left + width]
            stamped[inside] = bluer[inside] > STAMP_BLUE // 3
    if not stamped.any():
        return page
    # A letter under the stamp is dark in every colour; the stamp itself is bright in one.
    brightest = whole.max(axis=2)[stamped]
    cleared = page.copy()
    cleared[stamped] = np.clip(brightest * 255.0 / max(float(np.median(brightest)), 1.0), 0, 255)[:, None]
    return cleared


def _length(box: Boxes) -> float:
    return float(np.linalg.norm(box[0] - box[1]))


def _height(box: Boxes) -> float:
    return float(np.linalg.norm(box[0] - box[3]))


def _is_on_its_side(boxes: Boxes) -> bool:
    upright = sum(_length(box) for box in boxes if _length(box) > 2 * _height(box))
    lying = sum(_height(box) for box in boxes if _height(box) > 2 * _length(box))
    return lying > upright


def _slant(boxes: Boxes) -> float:
    """Degrees by which the long lines rise to the right."""
    long = [box for box in boxes if _length(box) > LONG_LINE * _height(box)]
    if not long:
        return 0.0
    rise = [np.degrees(np.arctan2(box[0, 1] - box[1, 1], box[1, 0] - box[0, 0])) for box in long]
    weights = np.asarray([_length(box) for box in long])
    order = np.argsort(rise)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(np.asarray(rise)[order][middle])


def _turned(page: Pixels, angle: float) -> Pixels:
    """The page turned clockwise about its middle, its corners kept."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    ground: Sequence[float] = [float(one) for one in np.median(page, axis=(0, 1))]
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=ground)
    return np.asarray(turned, np.uint8)


def _jpeg(page: Pixels) -> str:
    done, data = cv2.imencode(".jpg", cv2.cvtColor(page, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, SHOWN_QUALITY])
    return base64.b64encode(data.tobytes()).decode() if done else ""
