"""A random export with whatever people leave in one, and all that is seen of it once read."""

import csv
import io
import re
from random import Random

from kpicli.loaders.rows.dataset import Dataset
from support.encodings import DECLARED, ENCODERS
from support.small_project import HEADERS

ODD_ROWS: tuple[list[str], ...] = (
    ["以上"],
    ["合計", "2件"],
    ["Total"],
    ["", "合計", "5"],
    HEADERS["voices"].split(","),
    ["（番号）", "（日付）", "", "（区分）", "", ""],
    ["-", "-", "-", "-", "", ""],
    [],
    [" "],
    ["", "", "", "", "", ""],
    ["Agency"],
    ["出典:台帳", "2025年"],
    ["V7"],
    ["", "2025/4/1", "生保", "感謝"],
)
ODD_CELLS = (
    *('="V1"', "V 1", "Ｖ１", "V1\u200b", "1-2", "2-Jan", "1E-5", "#N/A", "####", "total", "0012"),
    *("45748", "70401", "4月1日", "2025/9/31", "未定", "9999/12/31", "①④", '5"', "a\nb", "a,b"),
    *("a\rb", "a\r\n\nb", "ｱ\\", '"', "'a'"),
)
TOLD = tuple(name for name in ENCODERS if name not in DECLARED)
"""The encodings that a file tells of itself."""


def messy(random: Random, encoding: str | None = None) -> bytes:
    """Return a random export of a few hundred rows, with whatever people leave in one."""
    rows: list[list[str]] = [["お客様の声"]] if random.random() < 0.3 else []
    rows.append(HEADERS["voices"].split(","))
    for number in range(random.randrange(30, 300)):
        key = random.choice([f"V{number:05}", f"V{random.randrange(300):05}", f"S-{number}"])
        day = f"2025/{random.randrange(4, 10)}/{random.randrange(1, 29)}"
        row = [key, day, random.choice(["生保", "損保"]), random.choice(["感謝", "不満"]), "A", ""]
        if random.random() < 0.1:
            row[random.randrange(len(row))] = random.choice(ODD_CELLS)
        rows.append(row[: random.randrange(2, 7)] if random.random() < 0.05 else row)
        if random.random() < 0.05:
            rows.append(list(random.choice(ODD_ROWS)))
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=random.choice(["\n", "\r\n"])).writerows(rows)
    text = stream.getvalue()
    if random.random() < 0.3:  # quotes in cells that no quote opens
        text = re.sub(",A,", lambda _: random.choice([",A,", ',A",', ',"A",', ',A"B"" C,']), text)
    encoding = encoding or random.choice(TOLD)
    if not encoding.startswith("utf"):
        text = text.replace("\u200b", "")
    return ENCODERS[encoding](text)


def seen(dataset: Dataset) -> object:
    """Return all that an answer could show of a dataset."""
    frame = dataset.frame.astype(object)
    rows = frame.where(frame.notna(), None).to_numpy().tolist()
    faults = [(f.kind.name, f.place, f.count, f.other, f.value, f.detail) for f in dataset.faults]
    days = dataset.coverage.spans
    return rows, faults, days, dataset.accounting, dataset.files, dataset.kept.array().tolist()
